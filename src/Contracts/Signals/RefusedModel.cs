namespace BtcAgent.Contracts.Signals;

/// <summary>An assigned model that could not be opened.</summary>
[GenerateSerializer, Immutable, Alias("RefusedModel")]
public sealed record RefusedModel([property: Id(0)] string ModelId, [property: Id(1)] string Reason);
