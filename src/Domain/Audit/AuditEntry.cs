namespace BtcAgent.Domain.Audit;

/// <summary>A recorded action.</summary>
[GenerateSerializer, Immutable, Alias("AuditEntry")]
public sealed record AuditEntry
{
    /// <summary>Hash of the entry before, on the first entry of a day that of the last entry of an earlier day.</summary>
    [Id(0)] public required string Previous { get; init; }

    /// <summary>1, 2, 3, … without a gap, over all days.</summary>
    [Id(1)] public required long Sequence { get; init; }

    /// <summary>When it was recorded, by our clock.</summary>
    [Id(2)] public required Timestamp Time { get; init; }

    [Id(3)] public required AuditKind Kind { get; init; }

    [Id(4)] public required string Actor { get; init; }

    [Id(5)] public string? Role { get; init; }

    [Id(6)] public string? Address { get; init; }

    [Id(7)] public required string Action { get; init; }

    [Id(8)] public required string Subject { get; init; }

    [Id(9)] public string? Reason { get; init; }

    [Id(10)] public string? Before { get; init; }

    [Id(11)] public string? After { get; init; }

    [Id(12)] public required AuditOutcome Outcome { get; init; }

    /// <summary>SHA-256 of the entry without this member, in hexadecimal.</summary>
    [Id(13)] public required string Hash { get; init; }

    /// <summary>Id of the operator's command, the same for its repeats; null for a command without an idempotency key.</summary>
    [Id(14)] public string? Operation { get; init; }
}
