using BtcAgent.Domain.MarketData;

namespace BtcAgent.Domain.Tests.Books;

/// <summary>The plainest book there is, to measure the fast one by.</summary>
internal sealed class NaiveBook(int maxLevels)
{
    private readonly SortedDictionary<Price, Quantity> _bids = new(Comparer<Price>.Create((a, b) => b.CompareTo(a)));
    private readonly SortedDictionary<Price, Quantity> _asks = [];

    public long Dropped { get; private set; }

    public Quote Top
    {
        get
        {
            var bid = _bids.FirstOrDefault();
            var ask = _asks.FirstOrDefault();
            return new Quote(bid.Key, bid.Value, ask.Key, ask.Value);
        }
    }

    public PriceLevel[] Levels(Side side) => [.. Of(side).Select(level => new PriceLevel(level.Key, level.Value))];

    public void Set(Side side, Price price, Quantity quantity)
    {
        var levels = Of(side);
        if (quantity.IsZero)
        {
            levels.Remove(price);
            return;
        }

        levels[price] = quantity;
        if (levels.Count > maxLevels)
        {
            levels.Remove(levels.Keys.Last());
            Dropped++;
        }
    }

    private SortedDictionary<Price, Quantity> Of(Side side) => side == Side.Buy ? _bids : _asks;
}
