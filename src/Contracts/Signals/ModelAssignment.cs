using System.Collections.Immutable;

namespace BtcAgent.Contracts.Signals;

/// <summary>Which trained models a strategy serves.</summary>
/// <param name="Version">The registry's version; an older assignment than the current one is ignored.</param>
/// <param name="Champion">Id of the trading model; null for none, and for a strategy that trades a rule.</param>
/// <param name="Shadows">Ids of the models scored in parallel with it.</param>
/// <param name="HadChampion">
/// True from the strategy's first champion on; after that, without a champion, it trades nothing instead of its fallback.
/// </param>
/// <param name="IsOverridden">True if a named person lets the champion trade against its verdict.</param>
[GenerateSerializer, Immutable, Alias("ModelAssignment")]
public sealed record ModelAssignment(
    [property: Id(0)] long Version,
    [property: Id(1)] string? Champion,
    [property: Id(2)] ImmutableArray<string> Shadows,
    [property: Id(3)] bool HadChampion = false,
    [property: Id(4)] bool IsOverridden = false)
{
    public static ModelAssignment None { get; } = new(0, null, []);
}
