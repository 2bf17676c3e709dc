using System.Collections.Immutable;

namespace BtcAgent.Domain.Experiments;

/// <summary>The challenger's condition on the current day; the counters begin at 0 each day.</summary>
[GenerateSerializer, Immutable, Alias("StageHealth")]
public sealed record StageHealth
{
    public static StageHealth Green { get; } = new() { Samples = 0, Failures = 0, Late = 0, ParityBreaks = 0, ScoreSpread = null, Drift = null, CanaryPnl = 0, RedGates = [] };

    /// <summary>Samples that the challenger was asked to score.</summary>
    [Id(0)] public required long Samples { get; init; }

    /// <summary>Samples that failed or had a score that is not a number.</summary>
    [Id(1)] public required long Failures { get; init; }

    /// <summary>Scores later than the latency budget.</summary>
    [Id(2)] public required long Late { get; init; }

    /// <summary>Decisions that differ from their recomputation.</summary>
    [Id(3)] public required long ParityBreaks { get; init; }

    /// <summary>Greatest less smallest score; null before the first score.</summary>
    [Id(4)] public required double? ScoreSpread { get; init; }

    /// <summary>The drift alarm in force; null for none.</summary>
    [Id(5)] public required string? Drift { get; init; }

    /// <summary>
    /// Net profit of the canary since it began, as a fraction of the capital of the strategy's own portfolio: of
    /// <see cref="CanaryPortfolio"/>, or its share of the virtual account's.
    /// </summary>
    [Id(6)] public required double CanaryPnl { get; init; }

    /// <summary>Gates that forbid the next stage, with their reasons; they do not end the experiment. Empty when all are green.</summary>
    [Id(7)] public required ImmutableArray<string> RedGates { get; init; }

    /// <summary>The portfolio in which the canary trades; null for its virtual account.</summary>
    [Id(8)] public string? CanaryPortfolio { get; init; }

    /// <summary>Why the loss limits of that portfolio have halted it; null while they have not.</summary>
    [Id(9)] public string? CanaryStop { get; init; }
}
