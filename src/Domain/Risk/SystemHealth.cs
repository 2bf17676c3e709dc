namespace BtcAgent.Domain.Risk;

/// <summary>The agent's own figures that can trip a breaker; null is not known and trips nothing.</summary>
[GenerateSerializer, Immutable, Alias("SystemHealth")]
public sealed record SystemHealth
{
    [Id(0)] public decimal? FeedStalenessMs { get; init; }

    [Id(1)] public decimal? LatencyP99Ms { get; init; }

    /// <summary>0…1 of the last requests to the venue.</summary>
    [Id(2)] public decimal? ErrorRate { get; init; }

    /// <summary>0…1 of the last orders.</summary>
    [Id(3)] public decimal? RejectRate { get; init; }

    /// <summary>Basis points, positive when real fills were worse than simulated ones.</summary>
    [Id(4)] public decimal? SlippageBps { get; init; }

    [Id(5)] public decimal? SinkLagSeconds { get; init; }

    /// <summary>How much later real fills came than simulated ones, in milliseconds.</summary>
    [Id(6)] public decimal? FillDelayMs { get; init; }

    /// <summary>Sampling intervals since the last decision, of a second at least.</summary>
    [Id(20)] public decimal? IntervalsWithoutDecision { get; init; }

    /// <summary>Why the state cannot be stored; null when it can.</summary>
    [Id(21)] public string? StoreProblem { get; init; }

    /// <summary>Which grain does not answer, and why; null when all do.</summary>
    [Id(22)] public string? Unavailable { get; init; }

    /// <summary>What is known of a breaker beyond its code; null for nothing.</summary>
    internal string? Detail(string code) => code switch
    {
        RiskCodes.StoreUnwritable => StoreProblem,
        RiskCodes.GrainUnavailable => Unavailable,
        RiskCodes.NoDecisions => $"none for {IntervalsWithoutDecision:0} sampling intervals",
        _ => null,
    };
}
