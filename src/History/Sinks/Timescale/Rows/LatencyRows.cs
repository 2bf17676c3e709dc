using BtcAgent.Contracts.Wire.V1;

namespace BtcAgent.History.Sinks.Timescale.Rows;

/// <summary>Latency percentiles of windows of time.</summary>
internal sealed class LatencyRows : OneRow<LatencyWindow>
{
    private const long NsPerMs = 1_000_000;

    public override string Table => "latency";

    protected override string Columns => "event_time, node, stage, window_ms, count, p50_ms, p99_ms, max_ms, log_offset";

    protected override void Check(LatencyWindow message) => WireValues.CheckTexts(message.Node, message.Stage);

    protected override string? InstrumentOf(LatencyWindow message) => null;

    protected override long TimeOf(LatencyWindow message) => message.WindowEnd;

    protected override async Task WriteAsync(RowWriter writer, LatencyWindow message)
    {
        await writer.TextAsync(message.Node);
        await writer.TextAsync(message.Stage);
        await writer.LongAsync(message.Window / NsPerMs);
        await writer.LongAsync(message.Count);
        await writer.DoubleAsync(message.P50Ms);
        await writer.DoubleAsync(message.P99Ms);
        await writer.DoubleAsync(message.MaxMs);
    }
}
