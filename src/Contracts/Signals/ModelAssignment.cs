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
/// <param name="Canary">The shadow that trades in the strategy's canary portfolio, if it has one; null for none.</param>
[GenerateSerializer, Immutable, Alias("ModelAssignment")]
public sealed record ModelAssignment(
    [property: Id(0)] long Version,
    [property: Id(1)] string? Champion,
    [property: Id(2)] ImmutableArray<string> Shadows,
    [property: Id(3)] bool HadChampion = false,
    [property: Id(4)] bool IsOverridden = false,
    [property: Id(5)] CanaryTurn? Canary = null)
{
    public static ModelAssignment None { get; } = new(0, null, []);

    /// <summary>Compares the shadows one by one, in their order.</summary>
    public bool Equals(ModelAssignment? other) => other is not null
        && Version == other.Version && Champion == other.Champion && HadChampion == other.HadChampion && IsOverridden == other.IsOverridden
        && Canary == other.Canary && Shadows.SequenceEqual(other.Shadows);

    public override int GetHashCode() => HashCode.Combine(Version, Champion, Shadows.Length);
}
