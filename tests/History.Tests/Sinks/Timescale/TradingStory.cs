using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain.Facts;
using BtcAgent.History.Log;
using BtcAgent.History.Sinks;
using Google.Protobuf;
using Side = BtcAgent.Contracts.Wire.V1.Side;

namespace BtcAgent.History.Tests.Sinks.Timescale;

/// <summary>
/// A day and a bit of trading, small enough to compute by hand. Two BTC are bought at 100 and 102 and sold at 110. One is sold short at
/// 108; buying three at 109 closes it and opens two long, which are sold at 105 the next day.
/// </summary>
internal static class TradingStory
{
    private const long Unit = 100_000_000;
    private const string Key = "BINANCE:BTCUSDT";

    public static async Task StoreAllAsync(TimescaleRig rig)
    {
        await rig.Sink.OpenAsync(TimescaleRig.Token);
        await StoreAsync(rig, FactTopic.MarketData, Market());
        await StoreAsync(rig, FactTopic.Features, [Sample(0)]);
        await StoreAsync(rig, FactTopic.Signals, [SignalAt(0)]);
        await StoreAsync(rig, FactTopic.Decisions, [
            Decision("d1", 0, "m1", "0.00001"), Decision("d2", 60, "m1", "0.00001"), Decision("d3", 3600, "m2", "0.001"),
            Decision("d4", 3660, "m2", "0.001"), Decision("d5", 86_400, "m2", "\"NaN\"")]);
        await StoreAsync(rig, FactTopic.Orders, [
            Order("a", "d1", 0, Side.Buy, "New", 3, 0, "0", "100"), Order("a", "d1", 2, Side.Buy, "Canceled", 3, 2, "202", "100"),
            Order("b", "d2", 60, Side.Sell, "Filled", 2, 2, "220", "111"), Order("c", "d3", 3600, Side.Sell, "Filled", 1, 1, "108", "108"),
            Order("d", "d4", 3660, Side.Buy, "Filled", 3, 3, "327", "109"), Order("e", "d5", 86_400, Side.Sell, "Filled", 2, 2, "210", "105")]);
        await StoreAsync(rig, FactTopic.Executions, [
            Fill("a", 0, Side.Buy, 100, 1, "0.1"), Fill("a", 1, Side.Buy, 102, 1, "0.1"), Fill("b", 60, Side.Sell, 110, 2, "0.25"),
            Fill("c", 3600, Side.Sell, 108, 1, "0.1"), Fill("d", 3660, Side.Buy, 109, 3, "0.3"), Fill("e", 86_400, Side.Sell, 105, 2, "0.2")]);
    }

    public static Task StoreAsync(TimescaleRig rig, FactTopic topic, IReadOnlyList<IMessage> messages)
    {
        var partition = new LogPartition("story", topic, 0);
        FactRecord[] facts = [.. messages.Select((message, place) => new FactRecord(place, SmallFacts.Noon, "key", message))];
        return rig.StoreAsync([new FactBatch(partition, 0, facts.Length, facts)]);
    }

    public static TradeExecution Fill(
        string order, int second, Side side, int price, decimal quantity, string fee, string asset = "USDT", string portfolio = "main") => new()
        {
            TradeId = $"{order}{second}",
            ClientOrderId = order,
            Portfolio = portfolio,
            Instrument = Key,
            Side = side,
            Price = price * Unit,
            Quantity = (long)(quantity * Unit),
            Fee = fee,
            FeeAsset = asset,
            EventTime = At(second),
        };

    public static PortfolioMark Mark(int second, string equity, string fees, int fills) => new()
    {
        Portfolio = "main",
        QuoteAsset = "USDT",
        EventTime = At(second),
        Cash = equity,
        Equity = equity,
        HighWaterMark = equity,
        DayStartEquity = equity,
        RealizedPnl = "0",
        UnrealizedPnl = "0",
        Fees = fees,
        FillCount = fills,
    };

    private static long At(int second) => (SmallFacts.Noon + TimeSpan.FromSeconds(second)).UnixNanoseconds;

    /// <summary>Mids of 101, 102, 99 and 103 after half a second, 4 s, 20 s and 4 min, and trades at 100, 112, 99 and 110.</summary>
    private static IReadOnlyList<IMessage> Market() =>
    [
        .. new[]
        {
            SmallFacts.Trade(0, SmallFacts.Noon, 100, 1, Domain.Side.Buy),
            SmallFacts.Quote(1, SmallFacts.Noon + TimeSpan.FromSeconds(0.5), 100.9m, 101.1m),
            SmallFacts.Quote(2, SmallFacts.Noon + TimeSpan.FromSeconds(4), 101.5m, 102.5m),
            SmallFacts.Trade(3, SmallFacts.Noon + TimeSpan.FromSeconds(10), 112, 1, Domain.Side.Buy),
            SmallFacts.Quote(4, SmallFacts.Noon + TimeSpan.FromSeconds(20), 98, 100),
            SmallFacts.Trade(5, SmallFacts.Noon + TimeSpan.FromSeconds(25), 99, 1, Domain.Side.Sell),
            SmallFacts.Trade(6, SmallFacts.Noon + TimeSpan.FromSeconds(60), 110, 1, Domain.Side.Sell),
            SmallFacts.Quote(7, SmallFacts.Noon + TimeSpan.FromSeconds(240), 102, 104),
            SmallFacts.Quote(8, SmallFacts.Noon + TimeSpan.FromSeconds(360), 200, 202),
        }.Select(fact => fact.Message),
    ];

    private static FeatureVector Sample(int second) => new()
    {
        Instrument = Key,
        EventTime = At(second),
        ReceiveTime = At(second),
        LastSequence = 77,
        SchemaHash = ulong.MaxValue,
        IsWarm = true,
        BookInSync = true,
        BidPrice = 99 * Unit,
        AskPrice = 101 * Unit,
        Values = { 1.5f, float.NaN },
    };

    private static TradingSignal SignalAt(int second) => new()
    {
        Instrument = Key,
        Strategy = "trend",
        EventTime = At(second),
        ModelId = "m1",
        ModelHash = "h1",
        Direction = 1,
        Score = 0.75,
        Confidence = 0.5,
        ExpectedMoveBps = 12,
        Refusals = { "COOL_DOWN" },
    };

    private static RiskDecision Decision(string id, int second, string model, string volatility) => new()
    {
        Id = id,
        Portfolio = "main",
        Instrument = Key,
        Strategy = "trend",
        EventTime = At(second),
        Outcome = RiskOutcome.Approved,
        TargetPosition = "2",
        CurrentPosition = "0",
        Summary = "buy",
        ModelHash = "h1",
        Checks = { new RiskCheck { Code = "MAX_POSITION", Passed = true, Value = "0.10", Limit = "1" } },
        RecordJson = $$"""{"signal":{"modelId":"{{model}}"},"sample":{"volatilityPerSqrtSecond":{{volatility}} } }""",
        Intent = new OrderIntent { ClientOrderId = "a", Side = Side.Buy, Type = "Limit", TimeInForce = "Gtc", Quantity = 3 * Unit, LimitPrice = 101 * Unit },
    };

    private static OrderTransition Order(
        string id, string decision, int second, Side side, string status, int quantity, int filled, string notional, string reference) => new()
        {
            ClientOrderId = id,
            DecisionId = decision,
            Portfolio = "main",
            Instrument = Key,
            Strategy = "trend",
            Status = status,
            Side = side,
            Type = "Limit",
            TimeInForce = "Gtc",
            Quantity = quantity * Unit,
            FilledQuantity = filled * Unit,
            FilledNotional = notional,
            ReferencePrice = reference,
            DecidedAt = At(second),
            UpdatedAt = At(second),
        };
}
