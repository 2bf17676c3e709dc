using BtcAgent.Domain;
using BtcAgent.Exchanges.Simulator.Matching;
using CsCheck;

namespace BtcAgent.Exchanges.Simulator.Tests.Matching;

/// <summary>The engine against a list of orders that is searched completely each time, and its order types.</summary>
public sealed class MatchingEngineTests
{
    private static readonly Gen<(int Kind, bool IsBuy, int Price, int Quantity)> Step =
        Gen.Select(Gen.Int[0, 9], Gen.Bool, Gen.Int[95, 105], Gen.Int[1, 20]);

    [Fact]
    public void AnyCalls_AgainstNaiveList_SameTradesNeverCrossed() => Step.Array[1, 120].Sample(
        steps =>
        {
            var recorded = new Recorded();
            var engine = new MatchingEngine(recorded);
            var naive = new NaiveBook();
            foreach (var (kind, isBuy, price, quantity) in steps)
            {
                var side = isBuy ? Side.Buy : Side.Sell;
                if (kind == 0)
                {
                    naive.Take(side, null, quantity);
                    engine.Market(side, Quantity.FromUnits(quantity));
                }
                else if (kind <= 2 && naive.Orders.Count > 0)
                {
                    var id = naive.Orders[quantity % naive.Orders.Count].Id;
                    Assert.True(engine.Cancel(id));
                    Assert.False(engine.Cancel(id));
                    naive.Orders.RemoveAll(order => order.Id == id);
                }
                else
                {
                    var type = kind is >= 3 and <= 5 ? (LimitType)(kind - 2) : LimitType.GoodTillCanceled;
                    var result = engine.Limit("o", side, Price.FromUnits(price), Quantity.FromUnits(quantity), type);
                    var (isAccepted, filled) = naive.Limit(result.Resting?.Id ?? 0, side, price, quantity, type);
                    Assert.Equal(isAccepted, result.IsAccepted);
                    Assert.Equal(filled, result.Filled.Units);
                    Assert.Equal(
                        isAccepted && filled < quantity && type is (LimitType.GoodTillCanceled or LimitType.MakerOnly),
                        result.Resting is not null);
                }

                Assert.Equal(naive.Trades, recorded.Trades);
                Assert.True(engine.BestBid.IsZero || engine.BestAsk.IsZero || engine.BestBid < engine.BestAsk);
                Assert.Equal(naive.Orders.Sum(o => o.Left), recorded.Levels.Values.Sum());
                Assert.Equal(naive.Orders.Count, engine.OrderCount);
            }
        },
        iter: 2_000);

    [Fact]
    public void Limit_FillOrKillBeyondDepth_RefusedAndBookUntouched()
    {
        var engine = WithAsk(10, out var recorded);
        var result = engine.Limit("o", Side.Buy, Price.FromUnits(100), Quantity.FromUnits(11), LimitType.FillOrKill);
        Assert.False(result.IsAccepted);
        Assert.Empty(recorded.Trades);
        Assert.Equal(10, engine.LevelAt(Side.Sell, 0).Quantity.Units);
    }

    [Fact]
    public void Limit_ImmediateOrCancelBeyondDepth_FillsWhatThereIs()
    {
        var engine = WithAsk(10, out _);
        var result = engine.Limit(
            "o", Side.Buy, Price.FromUnits(100), Quantity.FromUnits(11), LimitType.ImmediateOrCancel);
        Assert.Equal((true, 10L, true), (result.IsAccepted, result.Filled.Units, result.Resting is null));
        Assert.Equal(0, engine.OrderCount);
    }

    [Fact]
    public void Limit_MakerOnlyAtTheOtherSide_Refused()
    {
        var engine = WithAsk(10, out _);
        var result = engine.Limit("o", Side.Buy, Price.FromUnits(100), Quantity.FromUnits(1), LimitType.MakerOnly);
        Assert.False(result.IsAccepted);
        Assert.True(engine.BestBid.IsZero);
    }

    private static MatchingEngine WithAsk(long quantity, out Recorded recorded)
    {
        var engine = new MatchingEngine(recorded = new Recorded());
        engine.Limit("o", Side.Sell, Price.FromUnits(100), Quantity.FromUnits(quantity));
        return engine;
    }

    private sealed class Recorded : IMatchListener
    {
        public List<(long Maker, long Price, long Quantity)> Trades { get; } = [];

        public Dictionary<(Side, long), long> Levels { get; } = [];

        public void OnTrade(RestingOrder maker, long takerId, Side aggressor, Price price, Quantity quantity) =>
            Trades.Add((maker.Id, price.Units, quantity.Units));

        public void OnLevel(Side side, Price price, Quantity quantity) => Levels[(side, price.Units)] = quantity.Units;
    }
}
