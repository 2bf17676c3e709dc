using BtcAgent.Domain;
using BtcAgent.Exchanges.Simulator.Markets;
using BtcAgent.Exchanges.Simulator.Streams;

namespace BtcAgent.Exchanges.Simulator.Tests.Flow;

/// <summary>
/// The flow resembles a market: it has depth, a tight spread, clusters, and order flow that leads the price.
/// </summary>
public sealed class SimulatedMarketTests
{
    private const long StartMs = 1_700_000_000_000;

    private static SimulatedMarket Open(ulong seed) => new("BTCUSDT", seed, 60_000, 120, StartMs, new HubPublisher("BTCUSDT", new StreamHub()));

    [Fact]
    public void RunUntil_SameSeed_SameTradesAndBook()
    {
        var (first, second, other) = (Open(7), Open(7), Open(8));
        foreach (var market in new[] { first, second, other })
        {
            market.RunUntil(StartMs + 60_000);
        }

        Assert.Equal(first.Trades, second.Trades);
        Assert.Equal(first.UpdateId, second.UpdateId);
        Assert.NotEqual(first.Trades, other.Trades);
    }

    [Fact]
    public void RunUntil_SmallAndLargeSteps_SameTrades()
    {
        var (small, large) = (Open(3), Open(3));
        for (var t = StartMs; t <= StartMs + 20_000; t += 7)
        {
            small.RunUntil(t);
        }

        small.RunUntil(StartMs + 20_000);
        large.RunUntil(StartMs + 20_000);
        Assert.Equal(large.Trades, small.Trades);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void RunUntil_TenMinutes_LooksLikeAMarket(ulong seed)
    {
        var market = Open(seed);
        var spreads = new List<double>();
        var mids = new List<double>();
        var levels = new List<int>();
        for (var second = 1; second <= 600; second++)
        {
            market.RunUntil(StartMs + (second * 1_000));
            var bid = market.LevelAt(Side.Buy, 0).Price.ToDouble();
            var ask = market.LevelAt(Side.Sell, 0).Price.ToDouble();
            Assert.True(bid < ask, $"crossed at {second} s");
            spreads.Add(ask - bid);
            mids.Add((bid + ask) / 2);
            levels.Add(Math.Min(market.LevelCount(Side.Buy), market.LevelCount(Side.Sell)));
        }

        spreads.Sort();
        levels.Sort();
        var tradesPerSecond = market.Klines.Sum(k => k.Trades) / 600.0;
        var range = 1e4 * (mids.Max() - mids.Min()) / 60_000;
        var said = $"spread p50 {spreads[300]:F2} p95 {spreads[570]:F2}, levels p5 {levels[30]}, {tradesPerSecond:F1} trades/s, range {range:F0} bps, {market.Orders / 600.0:F0} orders/s";
        TestContext.Current.TestOutputHelper?.WriteLine(said);
        Assert.True(spreads[300] is > 0 and < 3, said);
        Assert.True(spreads[570] < 15, said);
        Assert.True(levels[30] > 250, said);
        Assert.True(tradesPerSecond is > 5 and < 60, said);
        Assert.True(range is > 10 and < 300, said);
    }
}
