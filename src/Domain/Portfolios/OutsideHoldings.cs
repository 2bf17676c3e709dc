using System.Collections.Immutable;

namespace BtcAgent.Domain.Portfolios;

/// <summary>
/// The part of a venue account that does not belong to the portfolio: account = portfolio + outside, per asset. Never
/// traded, never counted in equity, and neither profit nor loss; comparisons with the venue keep it up to date.
/// </summary>
[GenerateSerializer, Immutable, Alias("OutsideHoldings")]
public sealed record OutsideHoldings
{
    /// <summary>Amounts by asset; a missing asset has not been compared yet.</summary>
    [Id(0)] public required ImmutableSortedDictionary<string, decimal> Balances { get; init; }

    /// <summary>Assets allocated in full: all their changes belong to the portfolio, and a difference is a doubt.</summary>
    [Id(1)] public required ImmutableArray<string> WholeAssets { get; init; }

    public bool IsWhole(string asset) => WholeAssets.Contains(asset);

    public decimal Of(string asset) => Balances.GetValueOrDefault(asset);

    /// <summary>Returns a copy with this amount of the asset.</summary>
    public OutsideHoldings With(string asset, decimal amount) => this with { Balances = Balances.SetItem(asset, amount) };

    /// <summary>
    /// Returns a copy with the amount added if the asset has been compared; otherwise the next comparison finds it.
    /// </summary>
    internal OutsideHoldings Add(string asset, decimal amount) =>
        Balances.ContainsKey(asset) ? With(asset, Of(asset) + amount) : this;
}
