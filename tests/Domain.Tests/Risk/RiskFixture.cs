using System.Collections.Immutable;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Tests.Orders;

namespace BtcAgent.Domain.Tests.Risk;

/// <summary>A calm market at mid 50,000 and a portfolio of 100,000 USDT, less what a test changes.</summary>
internal static class RiskFixture
{
    /// <summary>All of the agent's conditions unknown.</summary>
    public static MarketConditions UnknownConditions { get; } = new()
    {
        ClockSkewMs = null,
        FeedLatencyMs = null,
        ModelAgeDays = null,
        FeaturesOutOfRange = null,
        IsKnownInstrument = true,
    };

    /// <summary>All figures of the agent's health unknown.</summary>
    public static SystemHealth UnknownHealth => SystemHealth.Unknown;

    public static RiskInput Input(
        SignalDirection direction = SignalDirection.Long, decimal position = 0, decimal cash = 100_000,
        decimal? equity = null, double atMs = 0) => new(
        new Signal
        {
            Instrument = OrderFixture.Btc,
            Strategy = "s",
            EventTime = OrderFixture.At(atMs),
            ModelId = "m",
            ModelHash = "h",
            Direction = direction,
            Score = 1,
            Confidence = 1,
            ExpectedMoveBps = double.NaN,
            Refusals = [],
        },
        Sample(atMs),
        Portfolio(position, cash, equity ?? 100_000),
        OrderFixture.Rules,
        [],
        true)
        {
            Reconciling = false,
            Conditions = UnknownConditions,
        };

    public static FeatureSample Sample(double atMs = 0) => new()
    {
        Instrument = OrderFixture.Btc,
        EventTime = OrderFixture.At(atMs),
        ReceiveTime = OrderFixture.At(atMs),
        LastSequence = 1,
        SchemaHash = 1,
        Values = [],
        IsWarm = true,
        Quote = QuoteOf("49999", "50001"),
        BookInSync = true,
        LastEventTime = OrderFixture.At(atMs),
        ClosedBars = [],
        VolatilityPerSqrtSecond = 1e-4,
    };

    public static Quote QuoteOf(string bid, string ask) =>
        new(Price.Parse(bid), Quantity.Parse("1"), Price.Parse(ask), Quantity.Parse("1"));

    public static PortfolioSnapshot Portfolio(decimal position, decimal cash, decimal equity) => new()
    {
        Portfolio = "paper",
        QuoteAsset = "USDT",
        EventTime = OrderFixture.At(0),
        Cash = cash,
        Equity = equity,
        HighWaterMark = 100_000,
        DayStartEquity = 100_000,
        RealizedPnl = 0,
        UnrealizedPnl = 0,
        Fees = 0,
        FillCount = 0,
        Positions =
        [
            new PositionSnapshot
            {
                Instrument = OrderFixture.Btc,
                Quantity = position,
                AveragePrice = 50_000,
                MarkPrice = 50_000,
                RealizedPnl = 0,
                UnrealizedPnl = 0,
            },
        ],
        Balances = ImmutableSortedDictionary<string, decimal>.Empty.Add("USDT", cash).Add("BTC", position),
    };

    public static Order Open(Side side, string quantity, string id = "other") => new()
    {
        Intent = OrderFixture.Intent(id, side, quantity) with { ReferencePrice = 50_000 },
        Status = OrderStatus.Accepted,
    };

    /// <summary>Limits that pass everything, so that a test meets only the one that it sets.</summary>
    public static RiskLimits Wide() => new()
    {
        MaxPositionNotional = 1e9m,
        MaxOrderNotional = 1e9m,
        DailyLossLimit = 1,
        MaxDrawdown = 1,
        CoolDownMs = 0,
        CostBufferBps = 0,
    };

    public static RiskEngine Engine(RiskLimits? limits = null, SizingOptions? sizing = null, RiskState? state = null) =>
        new("paper", limits ?? Wide(), sizing ?? new SizingOptions(), state);

    public static RiskCheck Check(this RiskDecision decision, string code) =>
        Assert.Single(decision.Checks, check => check.Code == code);

    public static void AssertRefused(RiskDecision decision, string code)
    {
        Assert.Equal(RiskOutcome.Rejected, decision.Outcome);
        Assert.Null(decision.Intent);
        Assert.Equal([code], decision.Checks.Where(check => !check.Passed).Select(check => check.Code));
        Assert.Contains(code, decision.Summary, StringComparison.Ordinal);
    }

    public static OrderIntent AssertApproved(RiskDecision decision)
    {
        Assert.True(decision.Outcome == RiskOutcome.Approved, decision.Summary);
        return Assert.IsType<OrderIntent>(decision.Intent);
    }
}
