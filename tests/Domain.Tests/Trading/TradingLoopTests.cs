using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Tests.Execution;
using BtcAgent.Domain.Tests.Features;
using BtcAgent.Domain.Tests.Orders;
using BtcAgent.Domain.Tests.Risk;
using BtcAgent.Domain.Trading;

namespace BtcAgent.Domain.Tests.Trading;

public sealed class TradingLoopTests
{
    private static readonly List<SyntheticFeed.Step> Feed = SyntheticFeed.Make(11, 4_000);

    [Fact]
    public void OnEvent_SyntheticMarket_TradesAndTheLedgerAddsUp()
    {
        var (decisions, fills, ledger) = Run();

        Assert.NotEmpty(fills);
        Assert.Contains(decisions, d => d.Risk.Outcome == RiskOutcome.Approved);
        var orders = decisions.Where(d => d.Risk.Intent is not null).Select(d => d.Risk.Intent!.ClientOrderId).ToHashSet();
        Assert.All(fills, f => Assert.Contains(f.ClientOrderId, orders));
        var snapshot = ledger.Snapshot();
        Assert.Equal(fills.Count, snapshot.FillCount);
        Assert.Equal(
            100_000 - fills.Sum(f => Sign(f) * f.Notional) - FeesIn("USDT"), snapshot.Balances["USDT"]);
        Assert.Equal(
            10 + fills.Sum(f => Sign(f) * f.Quantity.ToDecimal()) - FeesIn("BTC"), snapshot.Balances["BTC"]);

        decimal FeesIn(string asset) => fills.Where(f => f.FeeAsset == asset).Sum(f => f.Fee);
    }

    [Fact]
    public void OnEvent_SyntheticMarket_DecidesOncePerSample()
    {
        var decisions = Run().Decisions;

        Assert.Equal(
            SyntheticFeed.Run(SyntheticFeed.Pipeline(), Feed).Select(s => s.EventTime), decisions.Select(d => d.Sample.EventTime));
        Assert.Distinct(decisions.Select(d => d.Id));
        Assert.All(decisions, d => Assert.Equal("paper", d.Portfolio));
    }

    [Fact]
    public void OnEvent_SameEvents_GiveTheSameHashAndFills()
    {
        var (first, second) = (Run(), Run());

        Assert.Equal(Hash(first.Decisions), Hash(second.Decisions));
        Assert.Equal(first.Fills, second.Fills);
    }

    [Fact]
    public void DecisionHash_OrderOrOneBitChanged_Differs()
    {
        var decisions = Run().Decisions;
        var last = decisions[^1];
        var values = last.Sample.Values;
        var bit = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(values[0]) ^ 1);
        var score = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(last.Signal.Score) ^ 1);

        Assert.Distinct(new[]
        {
            Hash(decisions),
            Hash([decisions[1], decisions[0], .. decisions.Skip(2)]),
            Hash(decisions.Take(decisions.Count - 1)),
            Hash(decisions.SkipLast(1).Append(last with { Sample = last.Sample with { Values = values.SetItem(0, bit) } })),
            Hash(decisions.SkipLast(1).Append(last with { Signal = last.Signal with { Score = score } })),
        });
    }

    private static int Sign(Fill fill) => fill.Side == Side.Buy ? 1 : -1;

    private static string Hash(IEnumerable<Decision> decisions)
    {
        using var hash = new DecisionHash();
        foreach (var decision in decisions)
        {
            hash.Append(decision);
        }

        Assert.NotEqual(0, hash.Count);
        return hash.Read();
    }

    private static (List<Decision> Decisions, List<Fill> Fills, PortfolioLedger Ledger) Run()
    {
        var ledger = new PortfolioLedger(
            "paper", "USDT", new Dictionary<string, decimal> { ["USDT"] = 100_000, ["BTC"] = 10 });
        var (decisions, fills) = (new List<Decision>(), new List<Fill>());
        var pipeline = SyntheticFeed.Pipeline();
        var lane = new TradingLane(
            new SignalEngine(OrderFixture.Btc, "s", new EmaCrossModel(2, 5), new SignalOptions { MinConfidence = 0 }),
            RiskFixture.Engine(),
            new PaperMarket().Execution,
            ledger);
        var loop = new TradingLoop("paper", OrderFixture.Rules, pipeline, [lane], decisions.Add, fills.Add);
        foreach (var step in Feed)
        {
            loop.OnEvent(step.Event, step.Levels);
        }

        return (decisions, fills, ledger);
    }
}
