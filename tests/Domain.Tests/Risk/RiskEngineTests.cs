using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Tests.Orders;
using static BtcAgent.Domain.Tests.Risk.RiskFixture;

namespace BtcAgent.Domain.Tests.Risk;

public sealed class RiskEngineTests
{
    [Fact]
    public void Assess_LongSignal_BuysFractionOfEquityAtMarket()
    {
        var input = Input();
        var decision = Engine().Assess(input);
        var intent = AssertApproved(decision);
        var id = DecisionId.From("paper", "s", OrderFixture.Btc, input.Sample.EventTime);
        Assert.Equal(id, decision.Decision);
        Assert.Equal(id.ClientOrderId(0), intent.ClientOrderId);
        Assert.Equal(Side.Buy, intent.Side);
        Assert.Equal(OrderType.Market, intent.Type);
        Assert.Equal(TimeInForce.ImmediateOrCancel, intent.TimeInForce);
        Assert.Equal(Quantity.Parse("0.5"), intent.Quantity);
        Assert.Equal(50_000, intent.ReferencePrice);
        Assert.Equal(input.Sample.EventTime, intent.EventTime);
        Assert.False(intent.ReducesRisk);
        Assert.Equal(0.5m, decision.TargetPosition);
    }

    [Fact]
    public void Assess_Approved_HoldsEveryCheckOnceInOrder()
    {
        var decision = Engine(new RiskLimits()).Assess(Input());
        AssertApproved(decision);
        Assert.Equal(
            "DAILY_LOSS WEEKLY_LOSS LOSING_STREAK DRAWDOWN NO_QUOTE CROSSED_BOOK RECONCILING HALTED UNKNOWN_INSTRUMENT NOT_ARMED "
            + "VENUE_NOT_TRADING BOOK_NOT_IN_SYNC STALE_DATA CLOCK_SKEW FEED_LATENCY REDUCING ORDER_IN_FLIGHT MAX_POSITION "
            + "MAX_ORDER_NOTIONAL MAX_GROSS_EXPOSURE MAX_OPEN_ORDERS ORDER_RATE DUPLICATE_DECISION FAT_FINGER UNVALUED_FEES EXPECTED_COST "
            + "MODEL_TOO_OLD OUT_OF_DISTRIBUTION VOLATILITY_REGIME LIQUIDITY WIDE_SPREAD COOL_DOWN "
            + "INSUFFICIENT_BALANCE LOT MIN_NOTIONAL PERCENT_PRICE VENUE_FILTER SYSTEM_BREAKER",
            string.Join(' ', decision.Checks.Select(check => check.Code)));
    }

    [Fact]
    public void Assess_FlatSignal_SellsWholePosition()
    {
        var intent = AssertApproved(Engine().Assess(Input(SignalDirection.Flat, position: 0.7m)));
        Assert.Equal(Side.Sell, intent.Side);
        Assert.Equal(Quantity.Parse("0.7"), intent.Quantity);
        Assert.True(intent.ReducesRisk);
    }

    [Theory]
    [InlineData(false, "0.3", true)]
    [InlineData(true, "0.8", false)]
    public void Assess_ShortSignal_GoesFlatUnlessShortsAreAllowed(bool allowShort, string sold, bool reduces)
    {
        var limits = Wide();
        limits.AllowShort = allowShort;
        var intent = AssertApproved(Engine(limits).Assess(Input(SignalDirection.Short, position: 0.3m)));
        Assert.Equal(Side.Sell, intent.Side);
        Assert.Equal(Quantity.Parse(sold), intent.Quantity);
        Assert.Equal(reduces, intent.ReducesRisk);
    }

    [Fact]
    public void Assess_RefusedSignal_Holds()
    {
        var input = Input();
        input = input with { Signal = input.Signal with { Refusals = [new SignalRefusal("LOW_CONFIDENCE", "0.1")] } };
        var decision = Engine().Assess(input);
        Assert.Equal(RiskOutcome.Hold, decision.Outcome);
        Assert.Contains("LOW_CONFIDENCE", decision.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.45", RiskOutcome.Hold)]
    [InlineData("0.44999", RiskOutcome.Approved)]
    [InlineData("0.55", RiskOutcome.Hold)]
    [InlineData("0.55001", RiskOutcome.Approved)]
    public void Assess_AroundDeadBand_TradesOnlyBeyond(string position, RiskOutcome expected) =>
        Assert.Equal(expected, Engine().Assess(Input(position: decimal.Parse(position, null))).Outcome);

    [Theory]
    [InlineData("0.0001", RiskOutcome.Approved)]
    [InlineData("0.00009", RiskOutcome.Hold)]
    [InlineData("0.000001", RiskOutcome.Hold)]
    public void Assess_DustLeft_IsLeftAlone(string position, RiskOutcome expected) =>
        Assert.Equal(expected, Engine().Assess(Input(SignalDirection.Flat, decimal.Parse(position, null))).Outcome);

    [Fact]
    public void Assess_OddTarget_RoundsDownToLot()
    {
        var sizing = new SizingOptions { Fraction = 0.123456789m };
        var intent = AssertApproved(Engine(sizing: sizing).Assess(Input()));
        Assert.Equal(Quantity.Parse("0.24691"), intent.Quantity);
    }

    [Fact]
    public void Assess_UnknownVolatility_HoldsButStillExits()
    {
        var sizing = new SizingOptions { Method = SizingMethod.VolatilityTarget };
        var input = Input();
        input = input with { Sample = input.Sample with { VolatilityPerSqrtSecond = double.NaN } };
        Assert.Equal(RiskOutcome.Hold, Engine(sizing: sizing).Assess(input).Outcome);
        var exit = Input(SignalDirection.Flat, position: 1);
        AssertApproved(Engine(sizing: sizing).Assess(exit with { Sample = input.Sample }));
    }

    [Fact]
    public void Assess_SameInputTwice_GivesSameOrder()
    {
        var limits = Wide();
        limits.CoolDownMs = 1_000;
        var engine = Engine(limits);
        var first = AssertApproved(engine.Assess(Input()));
        var version = engine.Version;
        var sent = new Order { Intent = first, Status = OrderStatus.Submitted };
        Assert.Equal(first, AssertApproved(engine.Assess(Input() with { OpenOrders = [sent] })));
        Assert.Equal(version, engine.Version);
    }
}
