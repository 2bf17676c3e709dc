using System.Collections.Immutable;

namespace BtcAgent.Chaos.Tests.Soak;

/// <summary>Result of a soak: whether the agent's memory stayed level with open pages.</summary>
/// <param name="Minutes">Duration so far.</param>
/// <param name="Pages">Number of open pages.</param>
/// <param name="WarmUpMinutes">Excluded from the slopes, because caches and windows fill.</param>
/// <param name="HeapMiBPerHour">Slope of the live heap after the warm-up.</param>
/// <param name="ResidentMiBPerHour">Slope of the resident memory after the warm-up.</param>
/// <param name="IsFlat">The heap grows by no more than <see cref="GrowthMax"/> an hour; null with too few samples.</param>
/// <param name="Samples">One a minute.</param>
internal sealed record SoakResult(
    double Minutes,
    int Pages,
    double WarmUpMinutes,
    double? HeapMiBPerHour,
    double? ResidentMiBPerHour,
    bool? IsFlat,
    ImmutableArray<SoakSample> Samples)
{
    /// <summary>Tolerated slope of a level heap, in MiB an hour over the measured time.</summary>
    public const double GrowthMax = 2;

    /// <summary>Minimum number of samples after the warm-up for a slope.</summary>
    private const int SamplesMin = 10;

    /// <summary>The first half hour, or the first third of a shorter run.</summary>
    public static double WarmUpOf(double minutes) => Math.Min(30, minutes / 3);

    public static SoakResult Of(int pages, double minutesPlanned, IReadOnlyList<SoakSample> samples)
    {
        var warmUp = WarmUpOf(minutesPlanned);
        var warm = samples.Where(sample => sample.Minute >= warmUp).ToList();
        double? heap = null, resident = null;
        if (warm.Count >= SamplesMin)
        {
            heap = Slope(warm, sample => sample.HeapMiB);
            resident = Slope(warm, sample => sample.ResidentMiB);
        }

        return new SoakResult(
            samples.Count == 0 ? 0 : samples[^1].Minute, pages, warmUp, heap, resident, heap is null ? null : heap <= GrowthMax, [.. samples]);
    }

    /// <summary>Slope per hour by least squares.</summary>
    private static double Slope(List<SoakSample> samples, Func<SoakSample, double> value)
    {
        var (x, y) = (samples.Average(sample => sample.Minute), samples.Average(value));
        var spread = samples.Sum(sample => (sample.Minute - x) * (sample.Minute - x));
        return 60 * samples.Sum(sample => (sample.Minute - x) * (value(sample) - y)) / spread;
    }
}
