using System.Collections.Immutable;
using BtcAgent.Domain.Statistics;

namespace BtcAgent.Domain.Drift;

/// <summary>
/// Finds the decay of a model's probabilities: the excess of each outcome's squared error over the reference is averaged by
/// clusters of time, because labels overlap, and an always-valid test asks whether the mean is above 0. The test begins again
/// every <see cref="ClustersMax"/> clusters, so its error is per period. Immutable; bounded.
/// </summary>
[GenerateSerializer, Immutable, Alias("CalibrationWatch")]
public sealed record CalibrationWatch
{
    public const int ClustersMax = 90;

    private const int ClustersMin = 10;

    /// <summary>Mean squared error of the probabilities out of sample, 0…1.</summary>
    [Id(0)] public required double ReferenceBrier { get; init; }

    /// <summary>Length of a cluster, in hours. Default 24.</summary>
    [Id(1)] public int ClusterHours { get; init; } = 24;

    /// <summary>Error of one period. Default 0.01.</summary>
    [Id(2)] public double Alpha { get; init; } = 0.01;

    /// <summary>Mean excess of each complete cluster of the period, oldest first.</summary>
    [Id(3)] public ImmutableArray<double> Excesses { get; init; } = [];

    /// <summary>Number of the running cluster since 1970.</summary>
    [Id(4)] public long Cluster { get; init; }

    [Id(5)] public double ClusterSum { get; init; }

    [Id(6)] public long ClusterCount { get; init; }

    /// <summary>Greatest log evidence of the period.</summary>
    [Id(7)] public double LogEvidence { get; init; }

    public bool IsAlarm => LogEvidence >= -Math.Log(Alpha);

    /// <summary>Mean squared error over the complete clusters of the period; NaN before the first.</summary>
    public double Brier => Excesses.IsEmpty ? double.NaN : ReferenceBrier + Excesses.Average();

    /// <param name="time">Event time at which the outcome became known; an older cluster than the running one is counted with it.</param>
    /// <param name="probability">The probability that was served; an outcome of one that is not a number is left out.</param>
    /// <param name="outcome">True if it happened.</param>
    public CalibrationWatch Add(Timestamp time, double probability, bool outcome)
    {
        if (!(probability is >= 0 and <= 1))
        {
            return this;
        }

        var cluster = time.UnixNanoseconds / (ClusterHours * 3_600L * Timestamp.NanosecondsPerSecond);
        var error = probability - (outcome ? 1 : 0);
        var watch = cluster > Cluster && ClusterCount > 0 ? Closed() : this;
        return watch with
        {
            Cluster = Math.Max(cluster, Cluster),
            ClusterSum = watch.ClusterSum + (error * error) - ReferenceBrier,
            ClusterCount = watch.ClusterCount + 1,
        };
    }

    private CalibrationWatch Closed()
    {
        var begins = Excesses.Length >= ClustersMax;
        var excesses = (begins ? [] : Excesses).Add(ClusterSum / ClusterCount);
        var precision = NormalMixture.PrecisionFor(ClustersMax / 2.0, Alpha);
        var evidence = excesses.Length < ClustersMin
            ? 0
            : NormalMixture.LogEvidence(MeanEstimate.Of(excesses.AsSpan()).Z, excesses.Length, precision);
        return this with { Excesses = excesses, ClusterSum = 0, ClusterCount = 0, LogEvidence = Math.Max(begins ? 0 : LogEvidence, evidence) };
    }
}
