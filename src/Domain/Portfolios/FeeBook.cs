using System.Collections.Immutable;

namespace BtcAgent.Domain.Portfolios;

/// <summary>Fees since the books began: in quote asset, and in assets that need a price.</summary>
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

        // States stored by older versions have only the fees that were not valued.
        _paid = _paid.AddRange(state.FeesPaid ?? state.UnvaluedFees);
    }

    /// <summary>Total in quote asset, each fee at the price of its time.</summary>
    public decimal Total { get; private set; }

    /// <summary>Fees in assets other than the quote and the traded base, by asset.</summary>
    public ImmutableSortedDictionary<string, decimal> Paid => _paid;

    public ImmutableSortedDictionary<string, decimal> Uncounted => _uncounted;

    /// <summary>Adds a fee with a known value in quote asset.</summary>
    public void Count(decimal worth) => Total += worth;

    /// <summary>Adds a fee in an asset other than quote and base.</summary>
    /// <param name="asset">Asset of the fee.</param>
    /// <param name="amount">Amount in that asset.</param>
    /// <param name="price">Price in quote asset; null when there is none yet.</param>
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

    /// <summary>Values the fees paid so far at the asset's first price.</summary>
    /// <returns>Amount valued, in the asset.</returns>
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
