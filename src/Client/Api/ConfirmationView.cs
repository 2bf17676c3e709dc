using BtcAgent.Domain.Access;
using BtcAgent.Domain.Confirmations;

namespace BtcAgent.Client.Api;

/// <summary>A command that waits for, or had, the confirmation of a second person.</summary>
public sealed record ConfirmationView
{
    public required string Id { get; init; }

    public required ConfirmationState State { get; init; }

    /// <summary>Name of the command.</summary>
    public required string Verb { get; init; }

    /// <summary>Of which limit or model; empty for the agent as a whole.</summary>
    public required string Subject { get; init; }

    /// <summary>The command in words.</summary>
    public required string Summary { get; init; }

    /// <summary>Lowest role of the person who confirms.</summary>
    public required AccessRole Role { get; init; }

    public required string RequestedBy { get; init; }

    public required string Reason { get; init; }

    public required Timestamp RequestedAt { get; init; }

    public required Timestamp ExpiresAt { get; init; }

    /// <summary>Who confirmed or refused; null for nobody.</summary>
    public string? DecidedBy { get; init; }

    public Timestamp? DecidedAt { get; init; }

    /// <summary>Why it was refused, or what became of the command; null while pending.</summary>
    public string? Result { get; init; }

    internal static ConfirmationView Of(Confirmation confirmation, Timestamp now) => new()
    {
        Id = confirmation.Id,
        State = confirmation.StateAt(now),
        Verb = confirmation.Verb,
        Subject = confirmation.Subject,
        Summary = confirmation.Summary,
        Role = confirmation.Role,
        RequestedBy = confirmation.RequestedBy,
        Reason = confirmation.Reason,
        RequestedAt = confirmation.RequestedAt,
        ExpiresAt = confirmation.ExpiresAt,
        DecidedBy = confirmation.DecidedBy,
        DecidedAt = confirmation.DecidedAt,
        Result = confirmation.Result,
    };
}
