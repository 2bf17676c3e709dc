using System.Collections.Immutable;
using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain.Facts;
using Google.Protobuf;

namespace BtcAgent.History.Datasets;

/// <summary>Latency percentiles of windows of time.</summary>
internal sealed class LatencyDataset : Dataset
{
    private const long NanosPerMilli = 1_000_000;

    public override string Name => "latency";

    public override FactTopic Topic => FactTopic.Latency;

    public override bool IsByInstrument => false;

    protected override ImmutableArray<DatasetColumn> Own { get; } =
    [
        new("node", ColumnType.Text, "process that measured"),
        new("stage", ColumnType.Text, "part of the path of a tick"),
        new("window_ms", ColumnType.Whole, "length of the window, ms; the event time is its end"),
        new("count", ColumnType.Whole, "measurements"),
        new("p50_ms", ColumnType.Real, "median, ms"),
        new("p99_ms", ColumnType.Real, "99th percentile, ms"),
        new("max_ms", ColumnType.Real, "maximum, ms"),
    ];

    internal override void Write(IMessage message, RowWriter rows)
    {
        var window = (LatencyWindow)message;
        rows.Begin("", window.WindowEnd).Text(window.Node).Text(window.Stage).Whole(window.Window / NanosPerMilli).Whole(window.Count)
            .Real(window.P50Ms).Real(window.P99Ms).Real(window.MaxMs).End();
    }
}
