using BtcAgent.Domain.Models;

namespace BtcAgent.Contracts.Models;

/// <summary>The registry's answer to a wish.</summary>
/// <param name="Entry">The model as it stands now; null when the wish was refused.</param>
/// <param name="Refusal">Why not, for an operator; null when it was done.</param>
[GenerateSerializer, Immutable, Alias("RegistryAnswer")]
public sealed record RegistryAnswer([property: Id(0)] ModelEntry? Entry, [property: Id(1)] string? Refusal);
