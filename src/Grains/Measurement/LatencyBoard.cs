using BtcAgent.Contracts.Trading;
using HdrHistogram;

namespace BtcAgent.Grains.Measurement;

/// <summary>High dynamic range histograms per stage: 1 µs to 1 minute, three significant digits.</summary>
public sealed class LatencyBoard : ILatencyBoard
{
    private const long HighestMicroseconds = 60_000_000;

    private readonly LongHistogram[] _stages =
        [.. Enum.GetValues<LatencyStage>().Select(_ => new LongHistogram(HighestMicroseconds, 3))];

    private readonly Lock _lock = new();

    public void Record(LatencyStage stage, TimeSpan elapsed)
    {
        var microseconds = Math.Clamp((long)elapsed.TotalMicroseconds, 1, HighestMicroseconds);
        lock (_lock)
        {
            _stages[(int)stage].RecordValue(microseconds);
        }

        AgentMeter.Latency.Record(elapsed.TotalMilliseconds, new KeyValuePair<string, object?>("stage", stage.ToString()));
    }

    public IReadOnlyList<LatencyPercentiles> Read()
    {
        lock (_lock)
        {
            return [.. Enum.GetValues<LatencyStage>().Select(stage => Read(stage, _stages[(int)stage]))];
        }
    }

    private static LatencyPercentiles Read(LatencyStage stage, LongHistogram histogram) =>
        histogram.TotalCount == 0
            ? new LatencyPercentiles(stage, 0, 0, 0, 0)
            : new LatencyPercentiles(
                stage,
                histogram.TotalCount,
                histogram.GetValueAtPercentile(50) / 1000.0,
                histogram.GetValueAtPercentile(99) / 1000.0,
                histogram.GetMaxValue() / 1000.0);
}
