using BtcAgent.Domain.Access;

namespace BtcAgent.Contracts.Access;

/// <summary>The outcome of a change of the keys.</summary>
/// <param name="Key">The key afterwards; null when refused.</param>
/// <param name="Refusal">Why nothing changed; null when it did.</param>
[GenerateSerializer, Immutable, Alias("KeyAnswer")]
public sealed record KeyAnswer([property: Id(0)] ApiKey? Key, [property: Id(1)] string? Refusal);
