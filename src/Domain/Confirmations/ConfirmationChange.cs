namespace BtcAgent.Domain.Confirmations;

/// <summary>The outcome of a change of the inbox.</summary>
/// <param name="Inbox">The inbox afterwards; unchanged when refused.</param>
/// <param name="Confirmation">The confirmation that changed; null when refused.</param>
/// <param name="Refusal">Why nothing changed; null when it did.</param>
public sealed record ConfirmationChange(ConfirmationInbox Inbox, Confirmation? Confirmation, string? Refusal);
