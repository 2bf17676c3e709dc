namespace BtcAgent.Domain.Idempotency;

/// <summary>An operation that a grain has carried out.</summary>
/// <param name="Id">Id of the operation.</param>
/// <param name="Result">The part of its answer that is not in the grain's state; null for none.</param>
[GenerateSerializer, Immutable, Alias("DoneOperation")]
public sealed record DoneOperation([property: Id(0)] string Id, [property: Id(1)] string? Result = null);
