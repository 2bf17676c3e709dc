using System.Collections.Immutable;
using BtcAgent.Contracts.Measurement;
using HdrHistogram;

namespace BtcAgent.Grains.Measurement;

/// <summary>High dynamic range histograms per stage: 1 µs to 1 minute.</summary>
/// <param name="digits">Significant decimal digits; each extra one costs ten times the memory.</param>
internal sealed class StageHistograms(int digits)
{
    /// <summary>Significant digits of reported histograms: an accuracy of a hundredth at a tenth of the size.</summary>
    public const int DigitsReported = 2;

    private const long HighestMicroseconds = 60_000_000;

    private readonly LongHistogram[] _stages =
        [.. Enum.GetValues<LatencyStage>().Select(_ => new LongHistogram(HighestMicroseconds, digits))];

    public void Add(LatencyStage stage, long microseconds, long count = 1) =>
        _stages[(int)stage].RecordValueWithCount(Math.Clamp(microseconds, 1, HighestMicroseconds), count);

    public void Add(StageHistograms others)
    {
        for (var i = 0; i < _stages.Length; i++)
        {
            _stages[i].Add(others._stages[i]);
        }
    }

    public void Clear()
    {
        foreach (var stage in _stages)
        {
            stage.Reset();
        }
    }

    public void Add(ImmutableArray<StageCounts> stages)
    {
        foreach (var stage in stages)
        {
            for (var i = 0; i < stage.Counts.Length; i++)
            {
                Add(stage.Stage, stage.Microseconds[i], stage.Counts[i]);
            }
        }
    }

    public ImmutableArray<LatencyPercentiles> Read() =>
        [.. Enum.GetValues<LatencyStage>().Select(stage => Read(stage, _stages[(int)stage]))];

    public ImmutableArray<StageCounts> Counts() =>
    [
        .. Enum.GetValues<LatencyStage>()
            .Where(stage => _stages[(int)stage].TotalCount > 0)
            .Select(stage => Counts(stage, _stages[(int)stage])),
    ];

    private static StageCounts Counts(LatencyStage stage, LongHistogram histogram)
    {
        var coarse = new LongHistogram(HighestMicroseconds, DigitsReported);
        coarse.Add(histogram);
        var values = coarse.RecordedValues().Select(value => (value.ValueIteratedTo, value.CountAtValueIteratedTo)).ToArray();
        return new StageCounts(stage, [.. values.Select(value => value.ValueIteratedTo)], [.. values.Select(value => value.CountAtValueIteratedTo)]);
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
