using BtcAgent.Domain.Access;

namespace BtcAgent.Domain.Confirmations;

/// <summary>A command that waits for, or had, the confirmation of a second person.</summary>
[GenerateSerializer, Immutable, Alias("Confirmation")]
public sealed record Confirmation
{
    [Id(0)] public required string Id { get; init; }

    /// <summary>Name of the command.</summary>
    [Id(1)] public required string Verb { get; init; }

    /// <summary>Of which portfolio, limit or model; empty for the agent as a whole.</summary>
    [Id(2)] public required string Subject { get; init; }

    /// <summary>The command in words, for the person who confirms.</summary>
    [Id(3)] public required string Summary { get; init; }

    /// <summary>The command's fields as JSON.</summary>
    [Id(4)] public required string Command { get; init; }

    /// <summary>Lowest role of the person who confirms.</summary>
    [Id(5)] public required AccessRole Role { get; init; }

    [Id(6)] public required string RequestedBy { get; init; }

    [Id(7)] public required string Reason { get; init; }

    [Id(8)] public required Timestamp RequestedAt { get; init; }

    /// <summary>Cannot be confirmed from then on.</summary>
    [Id(9)] public required Timestamp ExpiresAt { get; init; }

    [Id(10)] public ConfirmationState Stored { get; init; } = ConfirmationState.Pending;

    /// <summary>Who confirmed or refused; null for nobody.</summary>
    [Id(11)] public string? DecidedBy { get; init; }

    [Id(12)] public Timestamp? DecidedAt { get; init; }

    /// <summary>Why it was refused, or what became of the command; null while pending.</summary>
    [Id(13)] public string? Result { get; init; }

    /// <summary>Id of the operation that requested it, by which a repeat is recognised; null without an idempotency key.</summary>
    [Id(14)] public string? Operation { get; init; }

    /// <summary>Id of the operation that confirmed or refused it; null without an idempotency key.</summary>
    [Id(15)] public string? DecidedIn { get; init; }

    public ConfirmationState StateAt(Timestamp now) =>
        Stored == ConfirmationState.Pending && now >= ExpiresAt ? ConfirmationState.Expired : Stored;
}
