using BtcAgent.Domain.Books;
using BtcAgent.Domain.MarketData;
using BtcAgent.Testing;
using CsCheck;

namespace BtcAgent.Domain.Tests.Books;

public sealed class OrderBookTests
{
    private static readonly Gen<(Side Side, int Price, int Quantity)> Update =
        Gen.Select(
                Gen.Bool,
                Gen.OneOf(Gen.Int[1, 40], Gen.Int[1, 2_000]),
                Gen.Frequency((2, Gen.Const(0)), (3, Gen.Int[1, 9])))
            .Select((isBid, price, quantity) => (isBid ? Side.Buy : Side.Sell, price, quantity));

    [Fact]
    public void Set_AnyUpdates_AgreesWithSortedDictionary() =>
        Update.Array[0, 1_500].Sample(
            updates =>
            {
                var book = new OrderBook();
                var model = new NaiveBook(int.MaxValue);
                foreach (var (side, price, quantity) in updates)
                {
                    book.Set(side, P(price), Q(quantity));
                    model.Set(side, P(price), Q(quantity));
                    Assert.Equal(model.Top, book.Top);
                }

                model.AssertSame(book);
            },
            iter: 300);

    [Fact]
    public void Set_DenseThenEmptied_AgreesWithSortedDictionary() =>
        Gen.Select(Gen.Int[1, 3_000].Array[500, 3_000], Gen.Int[0, 1_000_000]).Sample(
            (prices, seed) =>
            {
                var book = new OrderBook();
                var model = new NaiveBook(int.MaxValue);
                foreach (var price in prices)
                {
                    book.Set(Side.Sell, P(price), Q(price));
                    model.Set(Side.Sell, P(price), Q(price));
                }

                model.AssertSame(book);
                var order = prices.Distinct().ToArray();
                new Random(seed).Shuffle(order);
                foreach (var price in order)
                {
                    book.Set(Side.Sell, P(price), Quantity.Zero);
                    model.Set(Side.Sell, P(price), Quantity.Zero);
                    Assert.Equal(model.Top, book.Top);
                }

                Assert.Equal(0, book.Count(Side.Sell));
                Assert.Equal(default, book.Top);
            },
            iter: 50);

    [Fact]
    public void Set_FullSide_DropsAndCountsTheDeepest() =>
        Update.Array[0, 800].Sample(
            updates =>
            {
                var book = new OrderBook(maxLevelsPerSide: 100);
                var model = new NaiveBook(100);
                foreach (var (side, price, quantity) in updates)
                {
                    book.Set(side, P(price), Q(quantity));
                    model.Set(side, P(price), Q(quantity));
                }

                model.AssertSame(book);
                Assert.Equal(model.Dropped, book.DroppedLevels);
            },
            iter: 300);

    [Fact]
    public void Set_MoreLevelsThanTheLargestLimit_KeepsTheBestInOrder()
    {
        var book = new OrderBook();
        var prices = Enumerable.Range(1, OrderBook.MaxLevelsPerSide + 500).ToArray();
        new Random(11).Shuffle(prices);
        foreach (var price in prices)
        {
            book.Set(Side.Sell, P(price), Q(price));
            book.Set(Side.Buy, P(price), Q(price));
        }

        var levels = new PriceLevel[OrderBook.MaxLevelsPerSide + 1];
        Assert.Equal(OrderBook.MaxLevelsPerSide, book.CopyTop(Side.Sell, levels));
        var kept = Enumerable.Range(1, OrderBook.MaxLevelsPerSide);
        Assert.Equal(kept.Select(price => new PriceLevel(P(price), Q(price))), levels[..^1]);
        Assert.Equal(OrderBook.MaxLevelsPerSide, book.CopyTop(Side.Buy, levels));
        kept = Enumerable.Range(501, OrderBook.MaxLevelsPerSide).Reverse();
        Assert.Equal(kept.Select(price => new PriceLevel(P(price), Q(price))), levels[..^1]);
        Assert.Equal(1_000, book.DroppedLevels);
    }

    [Fact]
    public void Top_NewBook_IsUnknownOnBothSides()
    {
        var book = new OrderBook();

        Assert.Equal(default, book.Top);
        Assert.False(book.IsCrossed);
        Assert.Equal(default, book.LevelAt(Side.Buy, 0));
        Assert.Equal(0, book.CopyTop(Side.Sell, new PriceLevel[5]));
    }

    [Fact]
    public void Top_OneSide_LeavesTheOtherZero()
    {
        var book = new OrderBook();
        book.Set(Side.Sell, P(7), Q(2));

        Assert.Equal(new Quote(default, default, P(7), Q(2)), book.Top);
        Assert.False(book.IsCrossed);
    }

    [Theory]
    [InlineData(10, 11, false)]
    [InlineData(10, 10, true)]
    [InlineData(11, 10, true)]
    public void IsCrossed_BidAgainstAsk_TrueFromEqualOn(int bid, int ask, bool crossed)
    {
        var book = new OrderBook();
        book.Set(Side.Buy, P(bid), Q(1));
        book.Set(Side.Sell, P(ask), Q(1));

        Assert.Equal(crossed, book.IsCrossed);
    }

    [Fact]
    public void Clear_UsedBook_IsAsNew()
    {
        var book = new OrderBook();
        for (var i = 1; i < 5_000; i++)
        {
            book.Set(Side.Buy, P(i), Q(i));
        }

        book.Clear();
        Assert.Equal(default, book.Top);
        Assert.Equal(Quantity.Zero, book.QuantityAt(Side.Buy, P(17)));
        book.Set(Side.Buy, P(17), Q(3));
        Assert.Equal(1, book.Count(Side.Buy));
        Assert.Equal(new PriceLevel(P(17), Q(3)), book.LevelAt(Side.Buy, 0));
    }

    [Fact]
    public void Set_LargestPrice_IsKeptAndRemoved()
    {
        var book = new OrderBook();
        var largest = Price.FromUnits(long.MaxValue);
        foreach (var side in new[] { Side.Buy, Side.Sell })
        {
            book.Set(side, largest, Q(1));
            book.Set(side, P(1), Q(1));
            Assert.Equal(Q(1), book.QuantityAt(side, largest));
            book.Set(side, largest, Quantity.Zero);
            Assert.Equal(1, book.Count(side));
            Assert.Equal(Quantity.Zero, book.QuantityAt(side, largest));
        }
    }

    [Fact]
    public void LevelAt_NegativeDepth_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new OrderBook().LevelAt(Side.Buy, -1));

    [Theory]
    [InlineData(0)]
    [InlineData(OrderBook.MaxLevelsPerSide + 1)]
    public void Constructor_LimitOutOfRange_Throws(int limit) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new OrderBook(limit));

    [Fact]
    public void Set_WarmBook_AllocatesNothing()
    {
        var book = new OrderBook();
        var levels = new PriceLevel[10];
        var random = new Random(5);
        var updates = Enumerable.Range(0, 10_000)
            .Select(_ => new PriceLevel(P(1 + random.Next(3_000)), Q(random.Next(4)))).ToArray();
        Churn(book, updates, levels);

        Assert.Equal(0, Allocations.Least(_ => Churn(book, updates, levels)));
    }

    private static void Churn(OrderBook book, PriceLevel[] updates, PriceLevel[] levels)
    {
        for (var i = 0; i < updates.Length; i++)
        {
            book.Set(i % 2 == 0 ? Side.Buy : Side.Sell, updates[i].Price, updates[i].Quantity);
            book.CopyTop(Side.Buy, levels);
        }
    }

    private static Price P(int ticks) => Price.FromUnits(ticks * 1_000_000L);

    private static Quantity Q(int lots) => Quantity.FromUnits(lots * 1_000L);
}
