using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Tests.Orders;

namespace BtcAgent.Domain.Tests.Risk;

/// <summary>Both sides of each rule's threshold, and the exemption of orders that reduce.</summary>
public sealed class RiskThresholdTests
{
    [Theory]
    [InlineData(RiskCodes.ClockSkew, 5_000, true)]
    [InlineData(RiskCodes.ClockSkew, 5_001, false)]
    [InlineData(RiskCodes.FeedLatency, 5_000, true)]
    [InlineData(RiskCodes.FeedLatency, 5_001, false)]
    [InlineData(RiskCodes.ModelTooOld, 30, true)]
    [InlineData(RiskCodes.ModelTooOld, 31, false)]
    [InlineData(RiskCodes.OutOfDistribution, 3, true)]
    [InlineData(RiskCodes.OutOfDistribution, 4, false)]
    public void Assess_Condition_RefusesOnlyBeyondItsLimit(string code, int value, bool passes)
    {
        var limits = new RiskLimits { MaxModelAgeDays = 30, MaxFeaturesOutOfRange = 3 };
        var conditions = RiskFixture.UnknownConditions with
        {
            ClockSkewMs = code == RiskCodes.ClockSkew ? value : null,
            FeedLatencyMs = code == RiskCodes.FeedLatency ? value : null,
            ModelAgeDays = code == RiskCodes.ModelTooOld ? value : null,
            FeaturesOutOfRange = code == RiskCodes.OutOfDistribution ? value : null,
        };
        var opening = Engine(limits).Assess(RiskFixture.Input() with { Conditions = conditions });
        Assert.Equal(passes, Passed(opening, code));
        Assert.Equal(passes, opening.Intent is not null);

        var closing = Engine(limits).Assess(RiskFixture.Input(SignalDirection.Flat, position: 0.5m) with { Conditions = conditions });
        Assert.NotNull(closing.Intent);
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(false, true, true)]
    [InlineData(true, false, true)]
    public void Assess_Reconciling_RefusesWhatAddsRisk(bool closing, bool certain, bool passes)
    {
        var input = (closing ? RiskFixture.Input(SignalDirection.Flat, position: 0.5m) : RiskFixture.Input()) with { Reconciling = !certain };
        Assert.Equal(passes, Engine().Assess(input).Intent is not null);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Assess_Instrument_HasToBeOneOfThePortfolios(bool known)
    {
        var input = RiskFixture.Input() with { Conditions = RiskFixture.UnknownConditions with { IsKnownInstrument = known } };
        Assert.Equal(known, Engine().Assess(input).Intent is not null);
    }

    [Theory]
    [InlineData(25_000, true)]
    [InlineData(24_999, false)]
    public void Assess_GrossExposure_CountsAllPositions(int limit, bool passes)
    {
        var input = RiskFixture.Input();
        var other = new PositionSnapshot
        {
            Instrument = InstrumentId.Parse("BINANCE:ETHUSDT"),
            Quantity = -10,
            AveragePrice = 1_500,
            MarkPrice = 1_500,
            RealizedPnl = 0,
            UnrealizedPnl = 0,
        };
        input = input with { Portfolio = input.Portfolio with { Positions = input.Portfolio.Positions.Add(other) } };
        var decision = Engine(new RiskLimits { MaxGrossExposure = limit, MaxOrderNotional = 10_000 }).Assess(input);
        Assert.Equal(passes, Passed(decision, RiskCodes.MaxGrossExposure));
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(1, false)]
    public void AssessOrder_OpenOrders_CountsThisOne(int limit, bool passes)
    {
        var open = OrderLifecycle.Move(OrderLifecycle.Create(OrderFixture.Intent("open")), OrderStatus.Submitted, OrderFixture.At(0), null, out _);
        var decision = Engine(new RiskLimits { MaxOpenOrders = limit }).AssessOrder(Request(), RiskFixture.Input() with { OpenOrders = [open] });
        Assert.Equal(passes, Passed(decision, RiskCodes.MaxOpenOrders));
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void AssessOrder_Rate_CountsTheMinute(int number, bool passes)
    {
        var engine = Engine(new RiskLimits { MaxOrdersPerMinute = 3 });
        RiskDecision? last = null;
        for (var i = 0; i < number; i++)
        {
            last = engine.AssessOrder(Request($"r{i}"), RiskFixture.Input(atMs: i));
        }

        Assert.Equal(passes, Passed(last!, RiskCodes.OrderRate));
        Assert.True(Passed(engine.AssessOrder(Request("later"), RiskFixture.Input(atMs: 60_000)), RiskCodes.OrderRate));
    }

    [Theory]
    [InlineData("0.1", true)]
    [InlineData("0.2", false)]
    public void AssessOrder_Duplicate_MayRepeatButNotChange(string quantity, bool passes)
    {
        var request = Request();
        var id = request.IdIn("paper").ClientOrderId(0);
        var open = OrderLifecycle.Move(OrderLifecycle.Create(OrderFixture.Intent(id, quantity: "0.1")), OrderStatus.Submitted, OrderFixture.At(0), null, out _);
        var again = Engine().AssessOrder(request with { Quantity = Quantity.Parse(quantity) }, RiskFixture.Input() with { OpenOrders = [open] });
        Assert.Equal(passes, Passed(again, RiskCodes.DuplicateDecision));
    }

    [Theory]
    [InlineData("45000", true)]
    [InlineData("44999.99", false)]
    [InlineData("55000", true)]
    [InlineData("55000.01", false)]
    public void AssessOrder_LimitPrice_NotFartherThanAllowed(string price, bool passes) => Assert.Equal(
        passes, Passed(Engine().AssessOrder(Limit(price), RiskFixture.Input()), RiskCodes.FatFinger));

    [Theory]
    [InlineData("49000.01", RiskCodes.VenueFilter, true)]
    [InlineData("49000.015", RiskCodes.PriceTick, false)]
    public void AssessOrder_LimitPrice_OnTheTick(string price, string code, bool passes) => Assert.Equal(
        passes, Passed(Engine().AssessOrder(Limit(price), RiskFixture.Input()), code));

    [Theory]
    [InlineData("4900", RiskCodes.VenueFilter, true)]
    [InlineData("4899.99", RiskCodes.MaxNotional, false)]
    public void AssessOrder_Notional_NotAboveTheVenues(string most, string code, bool passes)
    {
        var input = RiskFixture.Input();
        input = input with { Rules = input.Rules with { MaxNotional = decimal.Parse(most, System.Globalization.CultureInfo.InvariantCulture) } };
        Assert.Equal(passes, Passed(Engine().AssessOrder(Limit("49000"), input), code));
    }

    [Theory]
    [InlineData(10.4, true)]
    [InlineData(10.3, false)]
    public void Assess_ExpectedMove_HasToPayForSpreadAndFees(double moveBps, bool passes)
    {
        var input = RiskFixture.Input();
        input = input with { Signal = input.Signal with { ExpectedMoveBps = moveBps } };
        Assert.Equal(passes, Passed(Engine(new RiskLimits { RoundTripFeeBps = 10 }).Assess(input), RiskCodes.ExpectedCost));
    }

    [Theory]
    [InlineData(1e-4, true)]
    [InlineData(2e-4, false)]
    public void Assess_Volatility_RefusesAWildMarket(double perSqrtSecond, bool passes)
    {
        var input = RiskFixture.Input();
        input = input with { Sample = input.Sample with { VolatilityPerSqrtSecond = perSqrtSecond } };
        Assert.Equal(passes, Passed(Engine(new RiskLimits { MaxAnnualVolatility = 1 }).Assess(input), RiskCodes.VolatilityRegime));
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("1.00001", false)]
    public void AssessOrder_Liquidity_AgainstTheTouch(string quantity, bool passes)
    {
        var limits = new RiskLimits { MaxTouchMultiple = 1, MaxOrderNotional = 1_000_000, MaxPositionNotional = 1_000_000, MaxGrossExposure = 1_000_000 };
        Assert.Equal(passes, Passed(Engine(limits).AssessOrder(Request() with { Quantity = Quantity.Parse(quantity) }, RiskFixture.Input()), RiskCodes.Liquidity));
    }

    [Theory]
    [InlineData(10_000, true)]
    [InlineData(9_999, false)]
    public void AssessOrder_TooLarge_IsRefusedNotClipped(int limit, bool passes)
    {
        var decision = Engine(new RiskLimits { MaxOrderNotional = limit }).AssessOrder(Request() with { Quantity = Quantity.Parse("0.2") }, RiskFixture.Input());
        Assert.Equal(passes, decision.Intent is not null);
        Assert.Equal(passes ? Quantity.Parse("0.2") : null, decision.Intent?.Quantity);
    }

    [Theory]
    [InlineData(92_000, BreakerMode.Active)]
    [InlineData(91_999, BreakerMode.Reducing)]
    public void Assess_WeeklyLoss_ReducesUntilTheNextWeek(int equity, BreakerMode expected)
    {
        // The fixture's day is a Thursday; its day start moves along, the week's does not.
        var engine = Engine(new RiskLimits { DailyLossLimit = 1 });
        engine.Assess(RiskFixture.Input(SignalDirection.Flat));
        engine.Assess(RiskFixture.Input(SignalDirection.Flat, equity: equity, atMs: 86_400_000));
        Assert.Equal(expected, engine.Breaker.Mode);
        engine.Assess(RiskFixture.Input(SignalDirection.Flat, equity: equity, atMs: 4 * 86_400_000.0));
        Assert.Equal(BreakerMode.Active, engine.Breaker.Mode);
    }

    [Theory]
    [InlineData(3, BreakerMode.Active)]
    [InlineData(4, BreakerMode.Reducing)]
    public void Assess_LosingStreak_ReducesForTheCoolOff(int losses, BreakerMode expected)
    {
        var engine = Engine(new RiskLimits { MaxLosingStreak = 3, CoolOffMinutes = 15 });
        for (var i = 0; i <= losses; i++)
        {
            engine.Watch(RiskFixture.Portfolio(0, 100_000, 100_000) with { RealizedPnl = -i }, OrderFixture.At(i));
        }

        Assert.Equal(expected, engine.Breaker.Mode);
        engine.Watch(RiskFixture.Portfolio(0, 100_000, 100_000) with { RealizedPnl = -losses }, OrderFixture.At((15 * 60_000) + losses - 1));
        Assert.Equal(expected, engine.Breaker.Mode);
        engine.Watch(RiskFixture.Portfolio(0, 100_000, 100_000) with { RealizedPnl = -losses }, OrderFixture.At((15 * 60_000) + losses));
        Assert.Equal(BreakerMode.Active, engine.Breaker.Mode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Watch_Drawdown_HaltsAndClosesWhenTold(bool flatten)
    {
        var engine = Engine(new RiskLimits { FlattenOnDrawdown = flatten });
        engine.Watch(RiskFixture.Portfolio(1, 50_000, 84_999), OrderFixture.At(0));
        Assert.Equal(BreakerMode.Halted, engine.Breaker.Mode);
        Assert.Equal(flatten, engine.TakeFlatten());
        Assert.False(engine.TakeFlatten());
    }

    private static OrderRequest Request(string id = "r") => new()
    {
        RequestId = id,
        Instrument = OrderFixture.Btc,
        Side = Side.Buy,
        Type = OrderType.Market,
        Quantity = Quantity.Parse("0.1"),
    };

    private static OrderRequest Limit(string price) => Request() with { Type = OrderType.Limit, LimitPrice = Price.Parse(price) };

    private static bool Passed(RiskDecision decision, string code) => decision.Checks.Single(check => check.Code == code).Passed;

    private static RiskEngine Engine(RiskLimits? limits = null) => new("paper", limits ?? new RiskLimits(), new SizingOptions());
}
