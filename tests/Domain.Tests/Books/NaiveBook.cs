using BtcAgent.Domain.Books;
using BtcAgent.Domain.MarketData;

namespace BtcAgent.Domain.Tests.Books;

/// <summary>The simplest possible book, the reference for the fast one.</summary>
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

    /// <summary>Compares every public result of a book: order, counts, each depth, each price, what was dropped.</summary>
    public void AssertSame(OrderBook book)
    {
        Assert.Equal(Top, book.Top);
        Assert.Equal(Dropped, book.DroppedLevels);
        foreach (var side in new[] { Side.Buy, Side.Sell })
        {
            var expected = Levels(side);
            var actual = new PriceLevel[expected.Length + 1];
            Assert.Equal(expected.Length, book.Count(side));
            Assert.Equal(expected.Length, book.CopyTop(side, actual));
            Assert.Equal(expected, actual[..expected.Length]);
            Assert.Equal(default, book.LevelAt(side, expected.Length));
            for (var depth = 0; depth < expected.Length; depth += 13)
            {
                Assert.Equal(expected[depth], book.LevelAt(side, depth));
                Assert.Equal(expected[depth].Quantity, book.QuantityAt(side, expected[depth].Price));
            }

            var top = new PriceLevel[3];
            Assert.Equal(expected[..Math.Min(3, expected.Length)], top[..book.CopyTop(side, top)]);
        }
    }

    private SortedDictionary<Price, Quantity> Of(Side side) => side == Side.Buy ? _bids : _asks;
}
