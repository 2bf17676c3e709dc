using BtcAgent.Domain;
using BtcAgent.Exchanges.Simulator.Markets;
using BtcAgent.Exchanges.Simulator.Streams;

namespace BtcAgent.Exchanges.Simulator.Tests.Flow;

/// <summary>What a model can learn from the flow: imbalance leads the price, and trades cluster.</summary>
public sealed class OrderFlowLeadsPriceTests
{
    private const long StartMs = 1_700_000_000_000;
    private const int Seconds = 1_200;
    private const int SampleMs = 20;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void RunUntil_TwentyMinutes_ImbalanceLeadsAndTradesCluster(ulong seed)
    {
        var market = new SimulatedMarket("BTCUSDT", seed, 60_000, 120, StartMs, new HubPublisher("BTCUSDT", new StreamHub()));
        market.RunUntil(StartMs + 5_000);
        var (imbalances, mids, trades) = (new double[Seconds], new double[Seconds], new double[Seconds]);
        var top = Top(market);
        var lastTrade = market.Trades.Last().Id;
        for (var second = 0; second < Seconds; second++)
        {
            for (var ms = SampleMs; ms <= 1_000; ms += SampleMs)
            {
                market.RunUntil(StartMs + 5_000 + (second * 1_000) + ms);
                var next = Top(market);
                imbalances[second] += Imbalance(top, next);
                top = next;
            }

            mids[second] = (top.Bid + top.Ask) / 2;
            trades[second] = market.Trades.Last().Id - lastTrade;
            lastTrade = market.Trades.Last().Id;
        }

        var nextReturns = mids.Skip(1).Zip(mids, (after, before) => Math.Log(after / before)).ToArray();
        var correlation = Correlation(imbalances[..^1], nextReturns);
        var mean = trades.Average();
        var dispersion = trades.Average(count => (count - mean) * (count - mean)) / mean;
        var said = $"correlation {correlation:F3}, dispersion {dispersion:F2}, {mean:F1} trades/s";
        TestContext.Current.TestOutputHelper?.WriteLine(said);
        Assert.True(correlation > 0, said);
        Assert.True(dispersion > 1, said);
    }

    /// <summary>Order-flow imbalance of one change of the top, in base asset. Source: Cont, Kukanov, Stoikov 2014.</summary>
    private static double Imbalance(
        (double Bid, double BidSize, double Ask, double AskSize) before,
        (double Bid, double BidSize, double Ask, double AskSize) after) =>
        (after.Bid >= before.Bid ? after.BidSize : 0) - (after.Bid <= before.Bid ? before.BidSize : 0)
        - (after.Ask <= before.Ask ? after.AskSize : 0) + (after.Ask >= before.Ask ? before.AskSize : 0);

    private static (double Bid, double BidSize, double Ask, double AskSize) Top(SimulatedMarket market)
    {
        var (bid, bidSize) = market.LevelAt(Side.Buy, 0);
        var (ask, askSize) = market.LevelAt(Side.Sell, 0);
        return (bid.ToDouble(), (double)bidSize.ToDecimal(), ask.ToDouble(), (double)askSize.ToDecimal());
    }

    private static double Correlation(double[] x, double[] y)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        var covariance = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum();
        return covariance / Math.Sqrt(x.Sum(a => (a - meanX) * (a - meanX)) * y.Sum(b => (b - meanY) * (b - meanY)));
    }
}
