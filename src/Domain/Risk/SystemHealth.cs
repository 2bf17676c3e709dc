namespace BtcAgent.Domain.Risk;

/// <summary>
/// Figures of the agent that can trip a breaker. Every member is required. Null means unknown and trips nothing; it
/// releases only what is measured over a window: latency, errors, rejects, slippage and fill delay.
/// </summary>
[GenerateSerializer, Immutable, Alias("SystemHealth")]
public sealed record SystemHealth
{
    /// <summary>No figure is known. Hosts that measure only some figures start from this value.</summary>
    public static SystemHealth Unknown { get; } = new()
    {
        FeedStalenessMs = null,
        LatencyP99Ms = null,
        LatencyStage = null,
        ErrorRate = null,
        RejectRate = null,
        SlippageBps = null,
        FillDelayMs = null,
        SinkLagSeconds = null,
        IntervalsWithoutDecision = null,
        StoreProblem = null,
        Unavailable = null,
    };

    [Id(0)] public required decimal? FeedStalenessMs { get; init; }

    /// <summary>Of the slowest stage in the window, in milliseconds; null when no stage has enough measurements.</summary>
    [Id(1)] public required decimal? LatencyP99Ms { get; init; }

    /// <summary>Fraction of the orders sent within the window, 0…1; null when there are too few.</summary>
    [Id(2)] public required decimal? ErrorRate { get; init; }

    /// <summary>Fraction of the orders sent within the window, 0…1; null when there are too few.</summary>
    [Id(3)] public required decimal? RejectRate { get; init; }

    /// <summary>
    /// In basis points, positive when real fills were worse than simulated ones; null when there are too few in the window.
    /// </summary>
    [Id(4)] public required decimal? SlippageBps { get; init; }

    /// <summary>Age of the oldest fact that a sink has accepted but not stored, in seconds.</summary>
    [Id(5)] public required decimal? SinkLagSeconds { get; init; }

    /// <summary>
    /// Delay of real fills behind simulated ones, in milliseconds; null when there are too few in the window.
    /// </summary>
    [Id(6)] public required decimal? FillDelayMs { get; init; }

    /// <summary>Sampling intervals, each at least one second, since the last decision.</summary>
    [Id(20)] public required decimal? IntervalsWithoutDecision { get; init; }

    /// <summary>Why the state cannot be stored; null when it can.</summary>
    [Id(21)] public required string? StoreProblem { get; init; }

    /// <summary>The grain that does not answer, and the reason; null when all answer.</summary>
    [Id(22)] public required string? Unavailable { get; init; }

    /// <summary>Name of the stage of <see cref="LatencyP99Ms"/>; null when that is null.</summary>
    [Id(7)] public required string? LatencyStage { get; init; }
}
