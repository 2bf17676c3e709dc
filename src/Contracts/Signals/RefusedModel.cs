namespace BtcAgent.Contracts.Signals;

/// <summary>A model that was assigned and could not be opened.</summary>
[GenerateSerializer, Immutable, Alias("RefusedModel")]
public sealed record RefusedModel([property: Id(0)] string ModelId, [property: Id(1)] string Reason);
