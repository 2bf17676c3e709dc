namespace BtcAgent.Domain.Audit;

/// <summary>An action to record, before it has a place in the chain.</summary>
[GenerateSerializer, Immutable, Alias("AuditDraft")]
public sealed record AuditDraft
{
    /// <summary>Distinguishes drafts, so that one sent again after a lost answer is recorded once.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>Id of the draft of an operator's command: one for each outcome.</summary>
    public static string IdOf(string operation, AuditOutcome outcome) => $"{operation}/{outcome}";

    [Id(1)] public required AuditKind Kind { get; init; }

    /// <summary>The caller's name, or the part of the agent that acted.</summary>
    [Id(2)] public required string Actor { get; init; }

    /// <summary>The caller's role; null for the agent itself and for callers without a key.</summary>
    [Id(3)] public string? Role { get; init; }

    /// <summary>The caller's address; null for the agent itself.</summary>
    [Id(4)] public string? Address { get; init; }

    /// <summary>Name of the command or of the event.</summary>
    [Id(5)] public required string Action { get; init; }

    /// <summary>Of which portfolio, order, limit, model or key; empty for the agent as a whole.</summary>
    [Id(6)] public required string Subject { get; init; }

    [Id(7)] public string? Reason { get; init; }

    /// <summary>State before; null where there was none, or it is not known.</summary>
    [Id(8)] public string? Before { get; init; }

    /// <summary>State after; null where there is none, or it is not known.</summary>
    [Id(9)] public string? After { get; init; }

    [Id(10)] public required AuditOutcome Outcome { get; init; }

    /// <summary>Id of the operator's command, the same for its repeats; null for a command without an idempotency key.</summary>
    [Id(11)] public string? Operation { get; init; }
}
