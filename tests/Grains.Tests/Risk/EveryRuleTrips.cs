using BtcAgent.Contracts.Portfolios;
using BtcAgent.Domain;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Trading;

namespace BtcAgent.Grains.Tests.Risk;

/// <summary>Trips each rule of <c>docs/risk.md</c> in a running agent with paper orders.</summary>
internal static class EveryRuleTrips
{
    private const int DecisionsMax = 40;

    public static readonly IReadOnlyDictionary<string, Func<Scenario, Task>> ByCode = new Dictionary<string, Func<Scenario, Task>>
    {
        [RiskCodes.DailyLoss] = s => LosesAsync(s, RiskCodes.DailyLoss, BreakerMode.Reducing, (nameof(RiskLimits.DailyLossLimit), 0.01m)),
        [RiskCodes.WeeklyLoss] = s => LosesAsync(
            s, RiskCodes.WeeklyLoss, BreakerMode.Reducing, (nameof(RiskLimits.DailyLossLimit), 1), (nameof(RiskLimits.WeeklyLossLimit), 0.01m)),
        [RiskCodes.Drawdown] = s => LosesAsync(
            s, RiskCodes.Drawdown, BreakerMode.Halted, (nameof(RiskLimits.DailyLossLimit), 1), (nameof(RiskLimits.MaxDrawdown), 0.01m)),
        [RiskCodes.LosingStreak] = LosesInARowAsync,
        [RiskCodes.Reducing] = async s =>
        {
            await LosesAsync(s, RiskCodes.DailyLoss, BreakerMode.Reducing, (nameof(RiskLimits.DailyLossLimit), 0.01m));
            AssertFailed(RiskCodes.Reducing, await s.PlaceAsync());
        },
        [RiskCodes.NoQuote] = s => DecidesAsync(s, RiskCodes.NoQuote, calm: s => s.Book(49_999, null)),
        [RiskCodes.CrossedBook] = async s =>
        {
            await (await s.OpenAsync()).Book(49_999, 50_001).Quote(50_002, 50_001).Trade(1_000).PublishAsync();
            AssertFailed(RiskCodes.CrossedBook, await s.PlaceAsync());
        },
        [RiskCodes.BookNotInSync] = async s =>
        {
            await (await s.OpenAsync()).Book(49_999, 50_001).Trade(1_000).Interrupt().PublishAsync();
            AssertFailed(RiskCodes.BookNotInSync, await s.PlaceAsync());
        },
        [RiskCodes.Halted] = async s =>
        {
            await s.OpenAsync();
            await s.Risk.Halt("operator");
            await DecidesAsync(s, RiskCodes.Halted);
        },
        [RiskCodes.UnknownInstrument] = async s =>
        {
            await (await s.OpenAsync()).Book(49_999, 50_001).Trade(1_000).PublishAsync();
            var other = s.Rig.Begin("UNTRADED");
            await s.Rig.Grains.GetGrain<Contracts.Instruments.IInstrumentGrain>(other.Instrument.Key).SetRules(other.Rules());
            await other.Book(49_999, 50_001).Trade(1_000).PublishAsync();
            AssertFailed(RiskCodes.UnknownInstrument, await s.PlaceAsync(instrument: other.Instrument));
        },
        [RiskCodes.NotArmed] = async s =>
        {
            await s.OpenAsync();
            await s.Risk.SetArmed(false);
            await DecidesAsync(s, RiskCodes.NotArmed);
        },
        [RiskCodes.VenueNotTrading] = s => DecidesAsync(s, RiskCodes.VenueNotTrading, s.Rules() with { IsTrading = false }),
        [RiskCodes.StaleData] = async s =>
        {
            await (await s.OpenAsync()).Book(49_999, 50_001).Trade(1_000).PublishAsync();
            AssertFailed(RiskCodes.StaleData, (await s.DecideAsync(afterMs: 4_000)).Risk);
        },
        [RiskCodes.ClockSkew] = s =>
        {
            s.ClockSkewMs = -7_000;
            return DecidesAsync(s, RiskCodes.ClockSkew);
        },
        [RiskCodes.FeedLatency] = s =>
        {
            s.WayMs = 6_000;
            return DecidesAsync(s, RiskCodes.FeedLatency);
        },
        [RiskCodes.UnvaluedFees] = async s =>
        {
            await s.OpenAsync();
            await s.Rig.Grains.GetGrain<IPortfolioGrain>(s.Portfolio).Apply([new Fill
            {
                TradeId = "paid-in-bnb",
                ClientOrderId = "paid-in-bnb",
                Portfolio = s.Portfolio,
                Instrument = s.Instrument,
                Side = Side.Buy,
                Price = Price.Parse("50000"),
                Quantity = Quantity.Parse("0.00001"),
                Fee = 0.001m,
                FeeAsset = "BNB",
                IsMaker = false,
                EventTime = s.Now,
            }]);
            await DecidesAsync(s, RiskCodes.UnvaluedFees);
        },
        [RiskCodes.OrderInFlight] = async s =>
        {
            await (await s.OpenAsync()).Book(49_999, 50_001).Trade(1_000).PublishAsync();
            Assert.Equal(RiskOutcome.Approved, (await s.DecideAsync()).Risk.Outcome);
            AssertFailed(RiskCodes.OrderInFlight, (await s.DecideAsync()).Risk);
        },
        [RiskCodes.MaxPosition] = s => LimitedAsync(s, RiskCodes.MaxPosition, nameof(RiskLimits.MaxPositionNotional), 0),
        [RiskCodes.MaxOrderNotional] = s => LimitedAsync(s, RiskCodes.MaxOrderNotional, nameof(RiskLimits.MaxOrderNotional), 0),
        [RiskCodes.MaxGrossExposure] = s => LimitedAsync(s, RiskCodes.MaxGrossExposure, nameof(RiskLimits.MaxGrossExposure), 100),
        [RiskCodes.MinNotional] = s => LimitedAsync(s, RiskCodes.MinNotional, nameof(RiskLimits.MaxOrderNotional), 4),
        [RiskCodes.Liquidity] = s => LimitedAsync(s, RiskCodes.Liquidity, nameof(RiskLimits.MaxTouchMultiple), 0.001m),
        [RiskCodes.MaxOpenOrders] = async s =>
        {
            await (await s.OpenAsync()).Book(49_999, 50_001).Trade(1_000).PublishAsync();
            await s.LimitAsync(nameof(RiskLimits.MaxOpenOrders), 1);
            Assert.Equal(RiskOutcome.Approved, (await s.PlaceAsync(limit: 49_000)).Outcome);
            AssertFailed(RiskCodes.MaxOpenOrders, await s.PlaceAsync(limit: 49_000, id: "r2"));
        },
        [RiskCodes.OrderRate] = async s =>
        {
            await (await s.OpenAsync()).Book(49_999, 50_001).Trade(1_000).PublishAsync();
            await s.LimitAsync(nameof(RiskLimits.MaxOrdersPerMinute), 1);
            Assert.Equal(RiskOutcome.Approved, (await s.PlaceAsync(limit: 49_000)).Outcome);
            AssertFailed(RiskCodes.OrderRate, await s.PlaceAsync(limit: 49_000, id: "r2"));
        },
        [RiskCodes.DuplicateDecision] = async s =>
        {
            await (await s.OpenAsync()).Book(49_999, 50_001).Trade(1_000).PublishAsync();
            Assert.Equal(RiskOutcome.Approved, (await s.PlaceAsync(limit: 49_000)).Outcome);
            AssertFailed(RiskCodes.DuplicateDecision, await s.PlaceAsync("0.02", 49_000));
        },
        [RiskCodes.FatFinger] = s => PlacesAsync(s, RiskCodes.FatFinger, limit: 60_000),
        [RiskCodes.PriceTick] = s => PlacesAsync(s, RiskCodes.PriceTick, limit: 49_000.005m),
        [RiskCodes.MaxNotional] = s => PlacesAsync(s, RiskCodes.MaxNotional, limit: 49_000, rules: s.Rules() with { MaxNotional = 100 }),
        [RiskCodes.VenueFilter] = s => PlacesAsync(s, RiskCodes.VenueFilter, rules: s.Rules() with { OrderTypes = VenueOrderTypes.Limit }),
        [RiskCodes.InsufficientBalance] = async s =>
        {
            await s.OpenAsync();
            foreach (var name in new[]
                { nameof(RiskLimits.MaxOrderNotional), nameof(RiskLimits.MaxPositionNotional), nameof(RiskLimits.MaxGrossExposure) })
            {
                await s.LimitAsync(name, 1e9m);
            }

            await s.Book(49_999, 50_001).Trade(1_000).PublishAsync();
            AssertFailed(RiskCodes.InsufficientBalance, await s.PlaceAsync("2.01"));
        },
        [RiskCodes.ExpectedCost] = async s =>
        {
            await s.OpenAsync();
            s.Want(SignalDirection.Long, moveBps: 0.5);
            await DecidesAsync(s, RiskCodes.ExpectedCost);
        },
        [RiskCodes.ModelTooOld] = s =>
        {
            s.TrainedTo(s.Now - TimeSpan.FromDays(31));
            return DecidesAsync(s, RiskCodes.ModelTooOld);
        },
        [RiskCodes.OutOfDistribution] = async s =>
        {
            await s.OpenAsync();
            s.Want(SignalDirection.Long, outside: 4);
            await DecidesAsync(s, RiskCodes.OutOfDistribution);
        },
        [RiskCodes.VolatilityRegime] = async s =>
        {
            await s.OpenAsync();
            s.Want(SignalDirection.Flat);
            await s.LimitAsync(nameof(RiskLimits.MaxAnnualVolatility), 0.5m);
            for (var second = 0; second < 35; second++)
            {
                s.Book(second % 2 == 0 ? 49_999 : 50_099, second % 2 == 0 ? 50_001 : 50_101).Trade(1_000);
            }

            await s.PublishAsync();
            s.Want(SignalDirection.Long);
            AssertFailed(RiskCodes.VolatilityRegime, (await s.DecideUntilAsync(decision => decision.Signal.Direction == SignalDirection.Long)).Risk);
        },
        [RiskCodes.WideSpread] = s => DecidesAsync(s, RiskCodes.WideSpread, calm: s => s.Book(49_900, 50_100)),
        [RiskCodes.CoolDown] = async s =>
        {
            await (await s.OpenAsync()).BuyAsync();
            AssertFailed(RiskCodes.CoolDown, (await s.DecideAsync(afterMs: 800)).Risk);
        },
        [RiskCodes.Lot] = s => DecidesAsync(s, RiskCodes.Lot, s.Rules() with { MinQuantity = Quantity.Parse("1") }),
        [RiskCodes.PercentPrice] = s => DecidesAsync(s, RiskCodes.PercentPrice, s.Rules() with { PercentPriceUp = 0.5m, PercentPriceDown = 0.1m }),
        [RiskCodes.UnmanagedStop] = async s =>
        {
            await (await s.OpenAsync()).BuyAsync();
            s.Want(SignalDirection.Flat, notReady: "its windows are filling");
            var decision = await s.Book(48_499, 48_501).DecideAsync();
            AssertFailed(RiskCodes.UnmanagedStop, decision.Risk);
            Assert.Equal(Side.Sell, decision.Risk.Intent?.Side);
        },
    };

    public static void AssertFailed(string code, RiskDecision decision) => Assert.True(
        decision.Checks.Any(check => check.Code == code && !check.Passed),
        $"{code} has not tripped: {decision.Summary}; failed {string.Join(", ", decision.Checks.Where(c => !c.Passed).Select(c => c.Code))}");

    /// <summary>Takes a first decision on a calm market with the scenario's changes.</summary>
    private static async Task DecidesAsync(Scenario s, string code, TradingRules? rules = null, Func<Scenario, Scenario>? calm = null)
    {
        if (!s.IsOpen)
        {
            await s.OpenAsync(rules);
        }

        await (calm is null ? s.Book(49_999, 50_001) : calm(s)).Trade(1_000).PublishAsync();
        AssertFailed(code, (await s.DecideAsync()).Risk);
    }

    private static async Task LimitedAsync(Scenario s, string code, string limit, decimal value)
    {
        await s.OpenAsync();
        await s.LimitAsync(limit, value);
        await DecidesAsync(s, code);
    }

    private static async Task PlacesAsync(Scenario s, string code, decimal? limit = null, TradingRules? rules = null)
    {
        await (await s.OpenAsync(rules)).Book(49_999, 50_001).Trade(1_000).PublishAsync();
        AssertFailed(code, await s.PlaceAsync("0.1", limit));
    }

    /// <summary>Buys, and the market falls by a fifth: 2 % of the portfolio.</summary>
    private static async Task LosesAsync(Scenario s, string code, BreakerMode mode, params (string Name, decimal Value)[] limits)
    {
        await s.OpenAsync();
        foreach (var (name, value) in limits)
        {
            await s.LimitAsync(name, value);
        }

        await s.BuyAsync();
        Decision decision = await s.Book(39_999, 40_001).DecideAsync();
        AssertFailed(code, decision.Risk);
        Assert.Equal(mode, decision.Risk.Breaker.Mode);
        Assert.StartsWith(code, decision.Risk.Breaker.Reason, StringComparison.Ordinal);
    }

    /// <summary>Buys and sells lower, repeatedly.</summary>
    private static async Task LosesInARowAsync(Scenario s)
    {
        await s.OpenAsync();
        await s.LimitAsync(nameof(RiskLimits.MaxLosingStreak), 1);
        await s.BuyAsync();
        Decision decision;
        var mid = 50_000m;
        for (var i = 0; ; i++)
        {
            var holds = await s.PositionAsync() > 0;
            s.Want(holds ? SignalDirection.Flat : SignalDirection.Long);
            mid -= holds ? 50 : 0;
            decision = await s.Book(mid - 1, mid + 1).DecideAsync();
            if (i == DecisionsMax || decision.Risk.Checks.Any(check => check.Code == RiskCodes.LosingStreak && !check.Passed))
            {
                break;
            }
        }

        AssertFailed(RiskCodes.LosingStreak, decision.Risk);
        Assert.Equal(BreakerMode.Reducing, decision.Risk.Breaker.Mode);
    }
}
