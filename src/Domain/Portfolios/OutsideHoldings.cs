using System.Collections.Immutable;

namespace BtcAgent.Domain.Portfolios;

/// <summary>
/// The part of a venue's account that is not the portfolio's: account = portfolio + outside, asset by asset. It is never
/// traded, never counted in equity and no profit or loss; a comparison with the venue brings it up to date.
/// </summary>
[GenerateSerializer, Immutable, Alias("OutsideHoldings")]
public sealed record OutsideHoldings
{
    /// <summary>By asset; one that is not named has not been compared yet.</summary>
    [Id(0)] public required ImmutableSortedDictionary<string, decimal> Balances { get; init; }

    /// <summary>Assets allocated in full: what comes and goes of them is the portfolio's, and a difference is a doubt.</summary>
    [Id(1)] public required ImmutableArray<string> WholeAssets { get; init; }

    public bool IsWhole(string asset) => WholeAssets.Contains(asset);

    public decimal Of(string asset) => Balances.GetValueOrDefault(asset);

    /// <summary>The same with this amount of the asset.</summary>
    public OutsideHoldings With(string asset, decimal amount) => this with { Balances = Balances.SetItem(asset, amount) };

    /// <summary>The same with this much more of the asset, if it has been compared; else the next comparison finds it.</summary>
    internal OutsideHoldings Add(string asset, decimal amount) =>
        Balances.ContainsKey(asset) ? With(asset, Of(asset) + amount) : this;
}
