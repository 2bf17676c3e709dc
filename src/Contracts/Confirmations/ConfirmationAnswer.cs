using BtcAgent.Domain.Confirmations;

namespace BtcAgent.Contracts.Confirmations;

/// <summary>The outcome of a change of the inbox.</summary>
/// <param name="Confirmation">The confirmation afterwards; null when refused.</param>
/// <param name="Refusal">Why nothing changed; null when it did.</param>
[GenerateSerializer, Immutable, Alias("ConfirmationAnswer")]
public sealed record ConfirmationAnswer([property: Id(0)] Confirmation? Confirmation, [property: Id(1)] string? Refusal);
