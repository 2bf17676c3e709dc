namespace BtcAgent.Contracts.Social;

/// <summary>A source of posts. Counts are those of the present reader.</summary>
[GenerateSerializer, Immutable, Alias("SocialSourceStatus")]
public sealed record SocialSourceStatus
{
    /// <summary>Its name: <c>x</c>, <c>simulated</c>, or one that came with offered posts.</summary>
    [Id(0)] public required string Source { get; init; }

    /// <summary>Its activity.</summary>
    [Id(1)] public required SocialPhase Phase { get; init; }

    /// <summary>Whether silence means that nothing was written.</summary>
    [Id(2)] public required bool IsAlive { get; init; }

    /// <summary>Why it is in this phase.</summary>
    [Id(3)] public required string Reason { get; init; }

    /// <summary>Since when; unknown where that is not known.</summary>
    [Id(4)] public required Timestamp Since { get; init; }

    /// <summary>The wait that it is in, in seconds; 0 otherwise.</summary>
    [Id(5)] public required double WaitSeconds { get; init; }

    /// <summary>Receipt of the last post; unknown before the first.</summary>
    [Id(6)] public required Timestamp LastPostAt { get; init; }

    /// <summary>Posts that were taken.</summary>
    [Id(7)] public required long Accepted { get; init; }

    /// <summary>Posts that came again.</summary>
    [Id(8)] public required long Repeated { get; init; }

    /// <summary>Posts that the source withholds, of other programs' rules, too long, or not understood.</summary>
    [Id(9)] public required long Refused { get; init; }

    /// <summary>Posts that were removed later.</summary>
    [Id(10)] public required long Removed { get; init; }

    /// <summary>Posts that were only counted.</summary>
    [Id(11)] public required long Counted { get; init; }

    /// <summary>Connections that ended after they had worked.</summary>
    [Id(12)] public required long Disconnects { get; init; }
}
