namespace BtcAgent.Domain.Access;

/// <summary>The outcome of a change of the keys.</summary>
/// <param name="Ring">The keys afterwards; unchanged when refused.</param>
/// <param name="Key">The key that changed; null when refused.</param>
/// <param name="Refusal">Why nothing changed; null when it did.</param>
public sealed record KeyRingChange(KeyRing Ring, ApiKey? Key, string? Refusal);
