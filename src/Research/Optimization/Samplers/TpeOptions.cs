using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Research.Optimization.Samplers;

/// <summary>Settings of <see cref="TpeSampler"/>; the defaults are Optuna's.</summary>
public sealed record TpeOptions
{
    /// <summary>Random trials before the first estimate. Default 10.</summary>
    [Range(1, 10_000)]
    public int StartupTrials { get; init; } = 10;

    /// <summary>Candidates drawn for each suggestion. Default 24.</summary>
    [Range(1, 10_000)]
    public int Candidates { get; init; } = 24;

    /// <summary>Fraction of the trials that count as the best ones, rounded up. Default 0.1.</summary>
    [Range(0.001, 0.9)]
    public double BestFraction { get; init; } = 0.1;

    /// <summary>Most trials that count as the best ones. Default 25.</summary>
    [Range(1, 10_000)]
    public int BestMax { get; init; } = 25;

    /// <summary>Weight of the kernel that covers the whole space, where each trial weighs up to 1. Default 1.</summary>
    [Range(0.01, 100.0)]
    public double PriorWeight { get; init; } = 1;

    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    internal void Check() => DeclaredRanges.Check(this);
}
