namespace BtcAgent.Domain.Risk;

/// <summary>
/// The agent's own figures that can trip a breaker. Each has to be given; null is not known and trips nothing. It lets go only what is
/// measured over a window: latency, errors, rejects, slippage and fill delay.
/// </summary>
[GenerateSerializer, Immutable, Alias("SystemHealth")]
public sealed record SystemHealth
{
    /// <summary>No figure is known; for a host that knows one of them only.</summary>
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

    /// <summary>Of the slowest stage in the window; null when no stage was measured often enough in it.</summary>
    [Id(1)] public required decimal? LatencyP99Ms { get; init; }

    /// <summary>0…1 of the orders sent within the window; null for too few.</summary>
    [Id(2)] public required decimal? ErrorRate { get; init; }

    /// <summary>0…1 of the orders sent within the window; null for too few.</summary>
    [Id(3)] public required decimal? RejectRate { get; init; }

    /// <summary>Basis points, positive when real fills were worse than simulated ones; null for too few in the window.</summary>
    [Id(4)] public required decimal? SlippageBps { get; init; }

    /// <summary>Age of the oldest fact that a sink has taken and not stored.</summary>
    [Id(5)] public required decimal? SinkLagSeconds { get; init; }

    /// <summary>How much later real fills came than simulated ones, in milliseconds; null for too few in the window.</summary>
    [Id(6)] public required decimal? FillDelayMs { get; init; }

    /// <summary>Sampling intervals since the last decision, of a second at least.</summary>
    [Id(20)] public required decimal? IntervalsWithoutDecision { get; init; }

    /// <summary>Why the state cannot be stored; null when it can.</summary>
    [Id(21)] public required string? StoreProblem { get; init; }

    /// <summary>Which grain does not answer, and why; null when all do.</summary>
    [Id(22)] public required string? Unavailable { get; init; }

    /// <summary>Name of the stage that <see cref="LatencyP99Ms"/> is of; null when that is.</summary>
    [Id(7)] public required string? LatencyStage { get; init; }
}
