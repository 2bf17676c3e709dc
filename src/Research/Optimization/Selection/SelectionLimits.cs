using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Research.Optimization.Selection;

/// <summary>Thresholds of <see cref="SelectionGate"/>.</summary>
public sealed record SelectionLimits
{
    /// <summary>Confidence of the lower bound of the mean return in the untouched window. Default 0.95.</summary>
    [Range(0.5, 0.9999)]
    public double Confidence { get; init; } = 0.95;

    /// <summary>Least deflated Sharpe ratio with the independent trials, as a probability. Default 0.95.</summary>
    [Range(0.0, 0.9999)]
    public double DeflatedSharpeMin { get; init; } = 0.95;

    /// <summary>
    /// Largest probability of overfitting. Default 0.2: with ½ the choice is as good as a coin; at 0.2 what was best in one half of
    /// the time is above the median in the other half in four of five splits.
    /// </summary>
    [Range(0.0, 1.0)]
    public double OverfittingMax { get; init; } = 0.2;

    /// <summary>Largest consistent p-value of Hansen's test of all trials against not trading. Default 0.05.</summary>
    [Range(0.0, 1.0)]
    public double SuperiorAbilityMax { get; init; } = 0.05;

    /// <summary>Least plateau score as a fraction of the winner's score. Default 0.5.</summary>
    [Range(0.0, 1.0)]
    public double PlateauShareMin { get; init; } = 0.5;

    /// <summary>Fewest round trips in the untouched window. Default 30: with fewer, neither a mean nor its tails are known.</summary>
    [Range(1, 1_000_000)]
    public int RoundTripsMin { get; init; } = 30;

    /// <summary>Redrawn series of the bootstrap tests. Default 2,000.</summary>
    [Range(1_000, 100_000)]
    public int Replications { get; init; } = 2_000;

    /// <summary>Seed of the bootstrap tests. Default 1.</summary>
    [Range(0, int.MaxValue)]
    public int Seed { get; init; } = 1;

    /// <exception cref="ArgumentException">A value is out of its range; the message names it.</exception>
    public void Check() => DeclaredRanges.Check(this);
}
