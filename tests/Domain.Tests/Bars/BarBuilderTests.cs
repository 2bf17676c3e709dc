using BtcAgent.Domain.Bars;
using BtcAgent.Testing;
using CsCheck;

namespace BtcAgent.Domain.Tests.Bars;

public sealed class BarBuilderTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void OnTrade_OneInterval_GivesOpenHighLowCloseAndVolumes()
    {
        var builder = new BarBuilder(Second);
        Trade(builder, 5_250, 100, 1);
        Trade(builder, 5_300, 103, 2, Side.Sell);
        Trade(builder, 5_999, 99, 4);
        Assert.False(builder.TryTakeClosed(out _));
        Assert.Equal(3, builder.Current.TradeCount);

        builder.AdvanceTo(At(6_000));

        Assert.Equal(
            new Bar(At(5_000), Second, P(100), P(103), P(99), P(99), Q(7), Q(5), 100m + 206m + 396m, 3),
            Assert.Single(Taken(builder)));
    }

    [Theory]
    [InlineData(5_999, 0)]
    [InlineData(6_000, 1)]
    [InlineData(6_001, 1)]
    public void AdvanceTo_AroundTheBoundary_ClosesFromItOn(long milliseconds, int closed)
    {
        var builder = new BarBuilder(Second);
        Trade(builder, 5_250, 100, 1);

        builder.AdvanceTo(At(milliseconds));

        Assert.Equal(closed, Taken(builder).Count);
    }

    [Fact]
    public void OnTrade_OnTheBoundary_OpensTheNextBar()
    {
        var builder = new BarBuilder(Second);
        Trade(builder, 5_250, 100, 1);
        Trade(builder, 6_000, 101, 2);
        builder.AdvanceTo(At(7_000));

        Assert.Equal([(At(5_000), Q(1)), (At(6_000), Q(2))], Taken(builder).Select(bar => (bar.OpenTime, bar.Volume)));
    }

    [Fact]
    public void AdvanceTo_BeforeTheFirstTrade_GivesNothing()
    {
        var builder = new BarBuilder(Second);
        builder.AdvanceTo(At(1_000_000));

        Assert.Empty(Taken(builder));
        Assert.Equal(default, builder.Current);
    }

    [Fact]
    public void OnTrade_AfterEmptyIntervals_GivesBarsWithTheLastClose()
    {
        var builder = new BarBuilder(Second);
        Trade(builder, 5_250, 100, 1);
        Trade(builder, 8_500, 105, 2);

        var bars = Taken(builder);
        Assert.Equal([At(5_000), At(6_000), At(7_000)], bars.Select(bar => bar.OpenTime));
        Assert.All(
            bars.Skip(1),
            bar => Assert.Equal(new Bar(bar.OpenTime, Second, P(100), P(100), P(100), P(100), Q(0), Q(0), 0, 0), bar));
        Assert.Equal([false, true, true], bars.Select(bar => bar.IsEmpty));
        Assert.Equal(P(105), builder.Current.Open);
    }

    [Theory]
    [InlineData(4, 3, 0)]
    [InlineData(5, 3, 1)]
    [InlineData(100, 3, 96)]
    [InlineData(100, 0, 99)]
    public void OnTrade_PauseLongerThanTheLimit_SkipsAndCounts(int seconds, int limit, int skipped)
    {
        var builder = new BarBuilder(Second, limit);
        Trade(builder, 5_250, 100, 1);
        Trade(builder, 5_250 + (seconds * 1_000), 105, 2);

        Assert.Equal(seconds - skipped, Taken(builder).Count);
        Assert.Equal(skipped, builder.EmptySkipped);
        Assert.Equal(At(5_000 + (seconds * 1_000)), builder.Current.OpenTime);
    }

    [Fact]
    public void AdvanceTo_InManySteps_GivesTheSameAsInOne()
    {
        var stepped = new BarBuilder(Second, 3);
        var direct = new BarBuilder(Second, 3);
        Trade(stepped, 5_250, 100, 1);
        Trade(direct, 5_250, 100, 1);
        for (var time = 5_300; time <= 30_000; time += 100)
        {
            stepped.AdvanceTo(At(time));
        }

        direct.AdvanceTo(At(30_000));
        Assert.Equal(Taken(direct), Taken(stepped));
        Assert.Equal(direct.EmptySkipped, stepped.EmptySkipped);
        Assert.Equal(21, direct.EmptySkipped);
        Assert.Equal(direct.Current, stepped.Current);
    }

    [Fact]
    public void OnTrade_LateOrUntimed_IsCountedAndNotUsed()
    {
        var builder = new BarBuilder(Second);
        builder.OnTrade(Timestamp.Unknown, P(1), Q(1), Side.Buy);
        Assert.Equal(default, builder.Current);
        Trade(builder, 5_250, 100, 1);
        Trade(builder, 4_999, 500, 1);
        Trade(builder, 5_000, 101, 1);

        Assert.Equal(2, builder.LateTrades);
        Assert.Equal(P(101), builder.Current.High);
    }

    [Fact]
    public void AdvanceTo_TimeThatGoesBack_DoesNothing()
    {
        var builder = new BarBuilder(Second);
        Trade(builder, 5_250, 100, 1);
        builder.AdvanceTo(At(7_000));
        builder.AdvanceTo(At(1_000));

        Assert.Equal(2, Taken(builder).Count);
        Assert.Equal(At(7_000), builder.Current.OpenTime);
    }

    [Fact]
    public void OnTrade_AnyTrades_ConservesVolumeAndOrder() =>
        Gen.Select(Gen.Int[0, 3_000], Gen.Int[1, 1_000], Gen.Int[1, 1_000], Gen.Bool).Array[1, 200].Sample(trades =>
        {
            var builder = new BarBuilder(Second, 2);
            var time = 1_000L;
            var quote = 0m;
            foreach (var (wait, price, quantity, isBuy) in trades)
            {
                Trade(builder, time += wait, price, quantity, isBuy ? Side.Buy : Side.Sell);
                quote += (decimal)price * quantity;
            }

            builder.AdvanceTo(At(time + 1_000));
            var bars = Taken(builder);
            Assert.Equal(trades.Sum(trade => trade.Item3), bars.Sum(bar => bar.Volume.ToDecimal()));
            Assert.Equal(
                trades.Where(trade => trade.Item4).Sum(trade => trade.Item3),
                bars.Sum(bar => bar.BuyVolume.ToDecimal()));
            Assert.Equal(quote, bars.Sum(bar => bar.QuoteVolume));
            Assert.Equal(trades.Length, bars.Sum(bar => bar.TradeCount));
            Assert.Equal(bars.OrderBy(bar => bar.OpenTime), bars);
            var intervals = (bars[^1].OpenTime - bars[0].OpenTime).Ticks / Second.Ticks;
            Assert.Equal(intervals + 1, bars.Count + builder.EmptySkipped);
            Assert.All(bars, bar => Assert.True(bar.Low <= bar.Open && bar.Low <= bar.Close));
            Assert.All(bars, bar => Assert.True(bar.High >= bar.Open && bar.High >= bar.Close));
        });

    [Fact]
    public void OnTrade_HugeNotional_IsSummedExactly()
    {
        var builder = new BarBuilder(Second);
        var most = Price.FromUnits(long.MaxValue);
        builder.OnTrade(At(5_000), most, Quantity.FromUnits(1), Side.Buy);
        builder.OnTrade(At(5_000), Price.FromUnits(1), Quantity.FromUnits(1), Side.Buy);

        Assert.Equal(most.Times(Quantity.FromUnits(1)) + 1e-16m, builder.Current.QuoteVolume);
    }

    [Fact]
    public void OnTrade_NobodyTakesTheBars_ThrowsAtTheLimit()
    {
        var builder = new BarBuilder(Second, 10_000);
        Trade(builder, 5_000, 100, 1);

        var error = Assert.Throws<InvalidOperationException>(() =>
        {
            for (var i = 1; i <= 11; i++)
            {
                Trade(builder, 5_000 + (i * 10_000_000L), 100, 1);
            }
        });
        Assert.Contains(nameof(BarBuilder.TryTakeClosed), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OnTrade_Warm_AllocatesNothing()
    {
        var builder = new BarBuilder(Second);
        Run(builder, 0);

        Assert.Equal(0, Allocations.Least(round => Run(builder, 200 * (round + 1))));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(-1, 5)]
    [InlineData(1, -1)]
    [InlineData(1, 10_001)]
    public void Constructor_OutOfRange_Throws(int seconds, int maxEmptyBars) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new BarBuilder(TimeSpan.FromSeconds(seconds), maxEmptyBars));

    private static void Run(BarBuilder builder, int from)
    {
        for (var i = from; i < from + 200; i++)
        {
            Trade(builder, 10_000 + (i * 700), 100 + (i % 7), 1);
            while (builder.TryTakeClosed(out _))
            {
            }
        }
    }

    private static List<Bar> Taken(BarBuilder builder)
    {
        List<Bar> bars = [];
        while (builder.TryTakeClosed(out var bar))
        {
            bars.Add(bar);
        }

        return bars;
    }

    private static void Trade(
        BarBuilder builder, long milliseconds, int price, int quantity, Side aggressor = Side.Buy) =>
        builder.OnTrade(At(milliseconds), P(price), Q(quantity), aggressor);

    private static Timestamp At(long milliseconds) => Timestamp.FromUnixMilliseconds(milliseconds);

    private static Price P(int whole) => Price.FromUnits(whole * Price.UnitsPerWhole);

    private static Quantity Q(int whole) => Quantity.FromUnits(whole * Quantity.UnitsPerWhole);
}
