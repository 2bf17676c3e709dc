namespace BtcAgent.Domain.Idempotency;

/// <summary>A command that was sent with an idempotency key.</summary>
[GenerateSerializer, Immutable, Alias("CommandRecord")]
public sealed record CommandRecord
{
    /// <summary>Digest of route and body: the same key with another request is a mistake of the caller.</summary>
    [Id(0)] public required string Fingerprint { get; init; }

    /// <summary>
    /// Identifies the command in the grains that carry it out and in the audit. It contains the time, so that a key that is used once
    /// more after its end is another command.
    /// </summary>
    [Id(1)] public required string Operation { get; init; }

    [Id(2)] public required Timestamp BeganAt { get; init; }

    /// <summary>Until then the command belongs to the request that began it; afterwards a repeat may carry it on.</summary>
    [Id(3)] public required Timestamp LeaseUntil { get; init; }

    /// <summary>The record is forgotten from then on.</summary>
    [Id(4)] public required Timestamp ExpiresAt { get; init; }

    /// <summary>Null until the command is answered.</summary>
    [Id(5)] public CommandAnswer? Answer { get; init; }
}
