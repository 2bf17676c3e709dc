namespace BtcAgent.Contracts.Signals;

/// <summary>One model's time in stage canary: the same model moved there again has another turn.</summary>
/// <param name="ModelId">The model.</param>
/// <param name="Since">When it was moved to canary, by our clock.</param>
[GenerateSerializer, Immutable, Alias("CanaryTurn")]
public sealed record CanaryTurn([property: Id(0)] string ModelId, [property: Id(1)] Timestamp Since);
