using System.Collections.Immutable;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Tests.Orders;
using static BtcAgent.Domain.Tests.Risk.RiskFixture;

namespace BtcAgent.Domain.Tests.Risk;

public sealed class RiskRulesTests
{
    [Fact]
    public void Assess_NotArmed_Refuses() =>
        AssertRefused(Engine().Assess(Input() with { Armed = false }), RiskCodes.NotArmed);

    [Fact]
    public void Assess_VenueNotTrading_Refuses() =>
        AssertRefused(
            Engine().Assess(Input() with { Rules = OrderFixture.Rules with { IsTrading = false } }),
            RiskCodes.VenueNotTrading);

    [Fact]
    public void Assess_BookNotInSync_Refuses() =>
        AssertRefused(
            Engine().Assess(Input() with { Sample = Sample() with { BookInSync = false } }), RiskCodes.BookNotInSync);

    [Theory]
    [InlineData("0", "50001", RiskCodes.NoQuote)]
    [InlineData("49999", "0", RiskCodes.NoQuote)]
    [InlineData("50001", "50001", RiskCodes.CrossedBook)]
    public void Assess_NoUsableQuote_RefusesEvenExits(string bid, string ask, string code)
    {
        var input = Input(SignalDirection.Flat,
            position: 1) with
        { Sample = Sample() with { Quote = QuoteOf(bid, ask) } };
        AssertRefused(Engine().Assess(input), code);
    }

    [Theory]
    [InlineData(2_000, true)]
    [InlineData(2_000.0001, false)]
    public void Assess_AgeOfData_HasLimit(double ageMs, bool passes)
    {
        var decision = Engine().Assess(
            Input() with { Sample = Sample() with { LastEventTime = OrderFixture.At(-ageMs) } });
        AssertOutcome(decision, passes, RiskCodes.StaleData);
        Assert.Equal(2_000, decision.Check(RiskCodes.StaleData).Limit);
        var exit = Input(SignalDirection.Flat, position: 1);
        exit = exit with { Sample = Sample() with { LastEventTime = OrderFixture.At(-ageMs) } };
        AssertOutcome(Engine().Assess(exit), passes, RiskCodes.StaleData);
    }

    [Theory]
    [InlineData("49975", "50025", true)]
    [InlineData("49975", "50025.01", false)]
    public void Assess_Spread_HasLimitForEntriesOnly(string bid, string ask, bool passes)
    {
        var sample = Sample() with { Quote = QuoteOf(bid, ask) };
        AssertOutcome(Engine().Assess(Input() with { Sample = sample }), passes, RiskCodes.WideSpread);
        AssertApproved(Engine().Assess(Input(SignalDirection.Flat, position: 1) with { Sample = sample }));
    }

    /// <summary>A strategy waits only for its own orders; orders without a strategy count as its own.</summary>
    [Theory]
    [InlineData("s", false)]
    [InlineData(null, false)]
    [InlineData(OrderRequest.Strategy, true)]
    [InlineData("foreign", true)]
    [InlineData("other-strategy", true)]
    public void Assess_OpenOrder_HoldsUpItsOwnStrategyOnly(string? strategy, bool passes)
    {
        var open = Open(Side.Buy, "0.001");
        open = open with { Intent = open.Intent with { Strategy = strategy } };
        AssertOutcome(Engine().Assess(Input() with { OpenOrders = [open] }), passes, RiskCodes.OrderInFlight);
        AssertOutcome(Engine().Assess(Input(SignalDirection.Flat, position: 1) with { OpenOrders = [open] }), passes, RiskCodes.OrderInFlight);
        var other = open with { Intent = open.Intent with { Instrument = InstrumentId.Parse("BINANCE:ETHUSDT") } };
        AssertApproved(Engine().Assess(Input() with { OpenOrders = [other] }));
    }

    /// <summary>The unfilled part of an operator's resting order counts as filled.</summary>
    [Theory]
    [InlineData("0.3", 0.2)]
    [InlineData("0.45", 0.05)]
    [InlineData("0.5", null)]
    public void Assess_RestingManualOrder_LeavesThatMuchLessRoom(string resting, double? expected)
    {
        var open = Open(Side.Buy, resting);
        open = open with { Intent = open.Intent with { Strategy = OrderRequest.Strategy } };
        var limits = Wide();
        limits.MaxPositionNotional = 25_000;
        limits.MaxGrossExposure = 25_000;
        var decision = Engine(limits, new SizingOptions { Fraction = 0.25m }).Assess(Input(cash: 1_000_000) with { OpenOrders = [open] });
        Assert.Equal((decimal?)expected, decision.Intent?.Quantity.ToDecimal());
        Assert.Equal(expected is null, !decision.Check(RiskCodes.MaxPosition).Passed);

        // A resting sell order does not reduce what may be bought.
        open = Open(Side.Sell, resting) with { };
        open = open with { Intent = open.Intent with { Strategy = OrderRequest.Strategy } };
        Assert.Equal(0.5m, AssertApproved(Engine(limits).Assess(Input(cash: 1_000_000) with { OpenOrders = [open] })).Quantity.ToDecimal());
    }

    [Theory]
    [InlineData(1_000, true)]
    [InlineData(999, false)]
    public void Assess_SoonAfterOrder_CoolsDownEntriesOnly(double afterMs, bool passes)
    {
        var limits = Wide();
        limits.CoolDownMs = 1_000;
        var ordered = RiskState.Initial with { LastOrderTime = OrderFixture.At(0) };
        AssertOutcome(Engine(limits, state: ordered).Assess(Input(atMs: afterMs)), passes, RiskCodes.CoolDown);
        var exit = Input(SignalDirection.Flat, 1, atMs: afterMs);
        AssertApproved(Engine(limits, state: ordered).Assess(exit));
    }

    [Theory]
    [InlineData("1.5", true)]
    [InlineData("1.49999999", false)]
    public void Assess_VenuesMaxPosition_CountsTheWholeAccountAndOpenBuys(string most, bool passes)
    {
        // 0.5 BTC of the portfolio, 0.25 outside, 0.25 bid for, and 0.5 wanted.
        var input = Input(position: 0.5m, cash: 1_000_000);
        var open = Open(Side.Buy, "0.25");
        input = input with
        {
            Rules = input.Rules with { MaxPosition = Quantity.Parse(most) },
            OpenOrders = [open with { Intent = open.Intent with { Strategy = OrderRequest.Strategy } }],
            Portfolio = input.Portfolio with
            {
                Outside = new OutsideHoldings { Balances = ImmutableSortedDictionary<string, decimal>.Empty.Add("BTC", 0.25m), WholeAssets = [] },
            },
        };

        AssertOutcome(Engine(sizing: new SizingOptions { Fraction = 0.5m }).Assess(input), passes, RiskCodes.VenueFilter);
        AssertApproved(Engine().Assess(input with
        {
            Signal = input.Signal with { Direction = SignalDirection.Flat },
        }));
    }

    [Fact]
    public void Assess_OwnMemoryOfLastOrder_CoolsDownOverRestart()
    {
        var limits = Wide();
        limits.CoolDownMs = 1_000;
        var engine = Engine(limits);
        AssertApproved(engine.Assess(Input()));
        AssertRefused(Engine(limits, state: engine.ToState()).Assess(Input(atMs: 500)), RiskCodes.CoolDown);
    }

    [Theory]
    [InlineData("25000", "0.5", false)]
    [InlineData("24999", "0.49998", true)]
    [InlineData("0.4", null, false)]
    public void Assess_OrderNotional_IsClipped(string limit, string? quantity, bool clipped)
    {
        var limits = Wide();
        limits.MaxOrderNotional = decimal.Parse(limit, null);
        var decision = Engine(limits).Assess(Input());
        if (quantity is null)
        {
            Assert.False(decision.Check(RiskCodes.MaxOrderNotional).Passed);
            return;
        }

        Assert.Equal(Quantity.Parse(quantity), AssertApproved(decision).Quantity);
        Assert.Equal(clipped, decision.Check(RiskCodes.MaxOrderNotional).Detail is not null);
    }

    [Fact]
    public void Assess_LargeExit_IsSlicedUntilFlat()
    {
        var limits = Wide();
        limits.MaxOrderNotional = limits.MaxPositionNotional = 10_000;
        var engine = Engine(limits);
        var position = 3m;
        var slices = 0;
        for (; position > 0; slices++)
        {
            var intent = AssertApproved(engine.Assess(Input(SignalDirection.Flat, position, atMs: slices)));
            Assert.True(intent.ReducesRisk);
            Assert.True(intent.Quantity.ToDecimal() * 50_000 <= 10_000, $"{intent.Quantity}");
            position -= intent.Quantity.ToDecimal();
        }

        Assert.Equal(15, slices);
        Assert.Equal(0, position);
    }

    [Theory]
    [InlineData("25000", null, "0.3")]
    [InlineData("20000", null, "0.2")]
    [InlineData("25000", "0.25", "0.05")]
    [InlineData("10000", null, null)]
    public void Assess_PositionLimit_ClipsToRoom(string notional, string? ofBase, string? quantity)
    {
        var limits = Wide();
        limits.MaxPositionNotional = decimal.Parse(notional, null);
        limits.MaxPositionBase = ofBase is null ? null : decimal.Parse(ofBase, null);
        var decision = Engine(limits).Assess(Input(position: 0.2m));
        if (quantity is null)
        {
            Assert.False(decision.Check(RiskCodes.MaxPosition).Passed);
        }
        else
        {
            Assert.Equal(Quantity.Parse(quantity), AssertApproved(decision).Quantity);
        }
    }

    [Theory]
    [InlineData(25_000.5, true)]
    [InlineData(25_000.49, false)]
    public void Assess_Cash_MustCoverCostAtTheAsk(decimal cash, bool passes) =>
        AssertOutcome(Engine().Assess(Input(cash: cash)), passes, RiskCodes.InsufficientBalance);

    [Theory]
    [InlineData(35_000.5, true)]
    [InlineData(35_000.49, false)]
    public void Assess_CashOfOpenOrders_IsNotCountedTwice(decimal cash, bool passes)
    {
        var other = Open(Side.Buy, "0.2");
        other = other with { Intent = other.Intent with { Instrument = InstrumentId.Parse("BINANCE:ETHUSDT") } };
        AssertOutcome(Engine().Assess(Input(cash: cash) with { OpenOrders = [other] }), passes,
            RiskCodes.InsufficientBalance);
    }

    [Fact]
    public void Assess_CostBuffer_IsPartOfCost()
    {
        var limits = Wide();
        limits.CostBufferBps = 100;
        var check = Engine(limits).Assess(Input()).Check(RiskCodes.InsufficientBalance);
        Assert.Equal(25_000.5m * 1.01m, check.Value);
    }

    [Fact]
    public void Assess_SellMoreThanTheBalance_Refuses()
    {
        var input = Input(SignalDirection.Flat, position: 1);
        var balances = input.Portfolio.Balances.SetItem("BTC", 0.99m);
        AssertRefused(
            Engine().Assess(input with { Portfolio = input.Portfolio with { Balances = balances } }),
            RiskCodes.InsufficientBalance);
    }

    [Theory]
    [InlineData("0.5", true)]
    [InlineData("0.49999", false)]
    public void Assess_VenueMaxQuantity_Refuses(string max, bool passes)
    {
        var rules = OrderFixture.Rules with { MaxQuantity = Quantity.Parse(max) };
        AssertOutcome(Engine().Assess(Input() with { Rules = rules }), passes, RiskCodes.Lot);
    }

    [Theory]
    [InlineData(50, true)]
    [InlineData(49, false)]
    public void Assess_ClippedBelowMinNotional_Refuses(decimal maxOrder, bool passes)
    {
        var limits = Wide();
        limits.MaxOrderNotional = maxOrder;
        var rules = OrderFixture.Rules with { MinNotional = 50 };
        AssertOutcome(Engine(limits).Assess(Input() with { Rules = rules }), passes, RiskCodes.MinNotional);
    }

    [Theory]
    [InlineData("1.00002", "0.9", true)]
    [InlineData("1.00001", "0.9", false)]
    [InlineData("2", "1.0001", false)]
    public void Assess_PercentPrice_Refuses(string up, string down, bool passes)
    {
        var rules = OrderFixture.Rules with
        {
            PercentPriceUp = decimal.Parse(up, null),
            PercentPriceDown = decimal.Parse(down, null)
        };
        AssertOutcome(Engine().Assess(Input() with { Rules = rules }), passes, RiskCodes.PercentPrice);
    }

    private static void AssertOutcome(RiskDecision decision, bool passes, string code)
    {
        if (passes)
        {
            AssertApproved(decision);
        }
        else
        {
            AssertRefused(decision, code);
        }
    }
}
