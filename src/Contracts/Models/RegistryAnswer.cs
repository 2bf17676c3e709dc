using BtcAgent.Domain.Models;

namespace BtcAgent.Contracts.Models;

/// <summary>The registry's answer to a request.</summary>
/// <param name="Entry">The model's current entry; null when the request was refused.</param>
/// <param name="Refusal">Reason of a refusal, for an operator; null when accepted.</param>
[GenerateSerializer, Immutable, Alias("RegistryAnswer")]
public sealed record RegistryAnswer([property: Id(0)] ModelEntry? Entry, [property: Id(1)] string? Refusal);
