using System.Collections.Immutable;

namespace BtcAgent.Domain.Portfolios;

/// <summary>Fees since the books began: those in quote asset, and those in assets that need a price to count.</summary>
internal sealed class FeeBook
{
    private ImmutableSortedDictionary<string, decimal> _paid;
    private ImmutableSortedDictionary<string, decimal> _uncounted;

    public FeeBook()
    {
        _paid = _uncounted = ImmutableSortedDictionary.Create<string, decimal>(StringComparer.Ordinal);
    }

    public FeeBook(PortfolioState state)
        : this()
    {
        Total = state.Fees;
        _uncounted = _uncounted.AddRange(state.UnvaluedFees);

        // Books of before this was kept know only what has not been counted.
        _paid = _paid.AddRange(state.FeesPaid ?? state.UnvaluedFees);
    }

    /// <summary>In quote asset, each at the price of its time.</summary>
    public decimal Total { get; private set; }

    /// <summary>In assets beside quote and the traded base, by asset.</summary>
    public ImmutableSortedDictionary<string, decimal> Paid => _paid;

    public ImmutableSortedDictionary<string, decimal> Uncounted => _uncounted;

    /// <summary>A fee of which the worth is known.</summary>
    public void Count(decimal worth) => Total += worth;

    /// <summary>A fee in an asset beside quote and base.</summary>
    /// <param name="asset">That it was paid in.</param>
    /// <param name="amount">In that asset.</param>
    /// <param name="price">In quote asset; null when there is none yet.</param>
    public void Pay(string asset, decimal amount, decimal? price)
    {
        _paid = _paid.SetItem(asset, _paid.GetValueOrDefault(asset) + amount);
        if (price is { } known)
        {
            Total += amount * known;
        }
        else
        {
            _uncounted = _uncounted.SetItem(asset, _uncounted.GetValueOrDefault(asset) + amount);
        }
    }

    /// <summary>The asset's first price counts what was paid in it until then.</summary>
    /// <returns>How much that was, in the asset.</returns>
    public decimal CountAt(string asset, decimal price)
    {
        var amount = _uncounted.GetValueOrDefault(asset);
        _uncounted = _uncounted.Remove(asset);
        Total += amount * price;
        return amount;
    }

    public ImmutableArray<FeeAsset> Assets(IEnumerable<Position> positions) => _paid.IsEmpty ? [] :
        [.. _paid.Select(paid =>
        {
            var market = positions.FirstOrDefault(p => p.BaseAsset == paid.Key && p.Mark is not null);
            return new FeeAsset(
                paid.Key, paid.Value, _uncounted.GetValueOrDefault(paid.Key), market?.Mark, market?.MarkedAt ?? Timestamp.Unknown);
        })];
}
