using BtcAgent.Domain.Books;
using BtcAgent.Testing;
using CsCheck;

namespace BtcAgent.Domain.Tests.Books;

/// <summary>The book where its window of 65,536 ticks matters: prices beyond it, between its ticks, and drifting out of it.</summary>
public sealed class BookWindowTests
{
    private const long Tick = 1_000_000;

    private static readonly Gen<(Step Step, int A, int B)> Any =
        Gen.Select(
            Gen.Frequency(
                (40, Gen.Const(Step.Near)), (10, Gen.Const(Step.Wide)), (4, Gen.Const(Step.Far)), (2, Gen.Const(Step.Odd)),
                (2, Gen.Const(Step.Drift)), (1, Gen.Const(Step.Jump)), (30, Gen.Const(Step.Remove))),
            Gen.Int[0, 1_000_000],
            Gen.Int[1, 9]);

    private enum Step
    {
        Near,
        Wide,
        Far,
        Odd,
        Drift,
        Jump,
        Remove,
    }

    [Theory]
    [InlineData(OrderBook.MaxLevelsPerSide)]
    [InlineData(150)]
    [InlineData(1)]
    public void Set_DriftingPricesFarAndOddOnes_AgreesWithSortedDictionary(int maxLevels) =>
        Any.Array[300, 3_000].Sample(
            steps =>
            {
                var book = new OrderBook(maxLevels);
                var model = new NaiveBook(maxLevels);
                var middle = 6_000_000L;
                var set = new List<(Side Side, long Units)>();
                foreach (var (step, a, lots) in steps)
                {
                    var quantity = lots;
                    var side = a % 2 == 0 ? Side.Buy : Side.Sell;
                    var sign = side == Side.Buy ? -1 : 1;
                    var units = step switch
                    {
                        Step.Near => (middle + (sign * (a % 97))) * Tick,
                        Step.Wide => (middle + (sign * (a % 40_000))) * Tick,
                        Step.Far => Math.Max(1, middle + (sign * a * 40L)) * Tick,
                        Step.Odd => (middle * Tick) + (a * 100L * lots),
                        _ => 0,
                    };
                    middle += step switch
                    {
                        Step.Drift => (a % 400) - 200,
                        Step.Jump => (a % 200_000) - 100_000,
                        _ => 0,
                    };
                    if (step == Step.Remove && set.Count > 0)
                    {
                        (side, units) = set[a % set.Count];
                        quantity = 0;
                    }

                    if (units > 0)
                    {
                        set.Add((side, units));
                        book.Set(side, Price.FromUnits(units), Quantity.FromUnits(quantity));
                        model.Set(side, Price.FromUnits(units), Quantity.FromUnits(quantity));
                        Assert.Equal(model.Top, book.Top);
                    }
                }

                model.AssertSame(book);
            },
            iter: 40);

    [Fact]
    public void Set_OneMarketWalkingFar_AgreesWithSortedDictionary()
    {
        var random = new Random(17);
        var book = new OrderBook();
        var model = new NaiveBook(OrderBook.MaxLevelsPerSide);
        for (var middle = 3_000_000; middle < 3_600_000; middle += 300)
        {
            for (var i = 0; i < 20; i++)
            {
                var side = i % 2 == 0 ? Side.Buy : Side.Sell;
                var ticks = middle + ((side == Side.Buy ? -1 : 1) * random.Next(30_000));
                book.Set(side, Price.FromUnits(ticks * Tick), Quantity.FromUnits(1 + i));
                model.Set(side, Price.FromUnits(ticks * Tick), Quantity.FromUnits(1 + i));
            }

            // Levels that the market has passed are gone, as at a venue.
            for (var best = model.Top; best.Ask < Price.FromUnits(middle * Tick) && !best.Ask.IsZero; best = model.Top)
            {
                book.Set(Side.Sell, best.Ask, Quantity.Zero);
                model.Set(Side.Sell, best.Ask, Quantity.Zero);
            }

            Assert.Equal(model.Top, book.Top);
        }

        model.AssertSame(book);
    }

    [Fact]
    public void Set_PricesOverTheWholeRange_AgreesAndAllocatesWhatTheLevelsNeed()
    {
        var random = new Random(5);
        var model = new NaiveBook(OrderBook.MaxLevelsPerSide);
        var prices = Enumerable.Range(0, 30_000).Select(_ => Price.FromUnits(random.NextInt64(1, long.MaxValue)))
            .Append(Price.FromUnits(1)).Append(Price.FromUnits(long.MaxValue)).ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var book = new OrderBook();
        foreach (var price in prices)
        {
            book.Set(Side.Sell, price, Quantity.FromUnits(7));
            book.Set(Side.Buy, price, Quantity.FromUnits(7));
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 8_000_000);
        foreach (var price in prices)
        {
            model.Set(Side.Sell, price, Quantity.FromUnits(7));
            model.Set(Side.Buy, price, Quantity.FromUnits(7));
        }

        model.AssertSame(book);
    }

    [Fact]
    public void Set_LevelOnEveryPage_CostsTheWindowAtMost()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var book = new OrderBook();
        for (var i = 1; i <= OrderBook.MaxLevelsPerSide; i++)
        {
            book.Set(Side.Sell, Price.FromUnits((6_000_000 + (i * 3L)) * Tick), Quantity.FromUnits(i));
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 3_000_000);
        Assert.Equal(OrderBook.MaxLevelsPerSide, book.Count(Side.Sell));
    }

    [Fact]
    public void Set_LevelBetweenTicks_IsKeptInOrderBesideTheOthers()
    {
        var book = new OrderBook();
        var model = new NaiveBook(OrderBook.MaxLevelsPerSide);
        foreach (var units in Enumerable.Range(1, 500).Select(i => i * Tick).Append((250 * Tick) + 1).Append((100 * Tick) + (Tick / 2)))
        {
            book.Set(Side.Buy, Price.FromUnits(units), Quantity.FromUnits(3));
            model.Set(Side.Buy, Price.FromUnits(units), Quantity.FromUnits(3));
        }

        model.AssertSame(book);
        Assert.Equal(Quantity.Zero, book.QuantityAt(Side.Buy, Price.FromUnits((250 * Tick) + 2)));
    }

    [Fact]
    public void Set_WarmBookWhosePriceComesAndGoes_AllocatesNothing()
    {
        var book = new OrderBook();
        Sweep(book);
        Sweep(book);

        Assert.Equal(0, Allocations.Least(_ => Sweep(book)));
    }

    /// <summary>Asks up by 200,000 ticks and down again, so that the window moves many times.</summary>
    private static void Sweep(OrderBook book)
    {
        for (var i = -2_000; i <= 2_000; i++)
        {
            var bottom = 1_000_000 + (100L * (2_000 - Math.Abs(i)));
            for (var level = 0; level < 100; level++)
            {
                book.Set(Side.Sell, Price.FromUnits((bottom + level) * Tick), Quantity.FromUnits(1));
            }

            for (var level = 0; level < 100; level++)
            {
                book.Set(Side.Sell, Price.FromUnits((bottom + level) * Tick), Quantity.FromUnits(level % 50 == 0 ? 1 : 0));
            }
        }
    }
}
