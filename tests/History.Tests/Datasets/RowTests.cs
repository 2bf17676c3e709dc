using System.Collections.Immutable;
using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain;
using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Signals;
using BtcAgent.History.Log;
using BtcAgent.History.Sinks;
using BtcAgent.History.Tests.Files;
using Google.Protobuf;
using AgentEventKind = BtcAgent.Domain.Facts.AgentEventKind;
using Side = BtcAgent.Domain.Side;

namespace BtcAgent.History.Tests.Datasets;

/// <summary>Each kind of fact through the sink: the stored row has all of it.</summary>
public sealed class RowTests : IDisposable
{
    private static readonly InstrumentId Btc = InstrumentId.Parse("BINANCE:BTCUSDT");
    private static readonly Timestamp At = new(1_795_910_400_123_456_789);

    private readonly HistoryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Write_Bar_HasItsPricesAndTimes()
    {
        var open = new Timestamp(1_795_910_400_000_000_000);
        await StoreAsync(new BarFact(Btc, new Bar(
            open, TimeSpan.FromMinutes(1), Units(1), Units(4), Units(1), Units(3), Quantity.FromUnits(7), Quantity.FromUnits(5), 12345.6789012345678901m, 9)));

        Assert.Equal(
            [1_795_910_460_000_000L, 1_795_910_400_000_000L, 60_000L, 1L, 4L, 1L, 3L, 7L, 5L, 12345.6789012345678901m, 9L, "local-test", 0L, 0L, 0L],
            await _folder.QueryAsync("bars", """
                epoch_us(event_time), epoch_us(open_time), interval_ms, open_e8, high_e8, low_e8, close_e8, volume_e8, buy_volume_e8, quote_volume, trade_count,
                fact_log, fact_partition, fact_offset, fact_row
                """));
    }

    [Fact]
    public async Task Write_Book_HasItsLevelsAndNanoseconds()
    {
        await StoreAsync(new BookFact(Btc, At, 42, [new PriceLevel(Units(10), Quantity.FromUnits(1)), new PriceLevel(Units(9), Quantity.FromUnits(2))], [new PriceLevel(Units(11), Quantity.FromUnits(3))]));

        Assert.Equal(
            [1_795_910_400_123_456L, (short)789, 42L, "[10, 9]", "[1, 2]", "[11]", "[3]"],
            await _folder.QueryAsync("book", """
                epoch_us(event_time), event_nanos, last_update_id, bid_prices_e8::VARCHAR, bid_quantities_e8::VARCHAR, ask_prices_e8::VARCHAR, ask_quantities_e8::VARCHAR
                """));
    }

    [Fact]
    public async Task Write_FeaturesOfKnownAndOtherSchema_AreColumnsAndAList()
    {
        var schema = FeatureSchema.Create(new FeatureOptions { SampleIntervalMs = 500 });
        var values = Enumerable.Range(0, schema.Count).Select(i => i == 1 ? float.NaN : i + 0.5f).ToImmutableArray();
        await StoreAsync([schema], new FeatureFact(Sample(schema.Hash, values)), new FeatureFact(Sample(7, [1.5f, 2.5f])));

        Assert.Equal(
            [0.5f, 1L, 2.5f, "[1.5, 2.5]", 2L],
            await _folder.QueryAsync("features", """
                max(spread_bps), count(*) FILTER (isnan(microprice_bps)), max(imbalance_1), max(other_values::VARCHAR), count(DISTINCT schema_hash)
                """));
    }

    [Fact]
    public async Task Write_Signal_HasItsRefusals()
    {
        await StoreAsync(
            new SignalFact(Signal() with { Refusals = [new SignalRefusal("NOT_WARM", "x"), new SignalRefusal("COOL_DOWN", "y")] }), new SignalFact(Signal()));

        Assert.Equal(
            ["NOT_WARM,COOL_DOWN", 1L, 0.25, 1L],
            await _folder.QueryAsync("signals", "max(refusals), count(*) FILTER (refusals IS NULL), max(score), max(direction)"));
    }

    [Fact]
    public async Task Write_Fill_HasItsFeeExactly()
    {
        await StoreAsync(new FillFact(new Fill
        {
            TradeId = "t1",
            ClientOrderId = "c1",
            Portfolio = "main",
            Instrument = Btc,
            Side = Side.Sell,
            Price = Units(6_000_012_345_678),
            Quantity = Quantity.FromUnits(100_001),
            Fee = 0.060_000_723_456_789_012_345m,
            FeeAsset = "USDT",
            IsMaker = true,
            EventTime = At,
        }));

        Assert.Equal(
            ["t1", "c1", "main", "SELL", 6_000_012_345_678L, 100_001L, 0.060_000_723_456_789_012_345m, "USDT", true],
            await _folder.QueryAsync("fills", "trade_id, client_order_id, portfolio, side, price_e8, quantity_e8, fee, fee_asset, is_maker"));
    }

    [Fact]
    public async Task Write_AgentEventAndLatency_HaveTheirFields()
    {
        await StoreAsync(new AgentEventFact(AgentEventKind.Breaker, "main", "DRAWDOWN", null, "OPEN", "risk", "it's \"5 %\"", At));
        await StoreAsync(new LatencyFact("node-1", "decision", At, TimeSpan.FromSeconds(10), 3, 0.5, 1.5, 2.5));

        Assert.Equal(
            ["BREAKER", "main", "DRAWDOWN", DBNull.Value, "OPEN", "risk", "it's \"5 %\""],
            await _folder.QueryAsync("risk", "kind, subject, name, from_state, to_state, actor, reason"));
        Assert.Equal(
            ["node-1", "decision", 10_000L, 3L, 0.5, 1.5, 2.5],
            await _folder.QueryAsync("latency", "node, stage, window_ms, count, p50_ms, p99_ms, max_ms"));
    }

    [Fact]
    public async Task Write_PostAndItsSums_HaveTheirFields()
    {
        await StoreAsync(new PostFact("x", "17", "en", Timestamp.Unknown, At, At, -0.5, 0.75, 0.5, 0.25, "lexicon-1", "ab"));
        await StoreAsync(new SentimentFact(
            "BTC", new Domain.Sentiment.SentimentTally { Number = 7, KnownAt = At, Posts = 3, Content = 4, ContentTone = -5, ContentToneSquared = 6, ExtremeContent = 7, Influence = 8, InfluenceTone = -9, Scorer = new("lexicon-1", "ab") }));

        Assert.Equal(
            ["x", "17", "en", DBNull.Value, -0.5, 0.75, 0.5, 0.25, "lexicon-1", "ab"],
            await _folder.QueryAsync("posts", "source, id, language, created_at, tone, confidence, content, weight, scorer, scorer_hash"));
        Assert.Equal(
            ["BTC", 7L, 3L, 4L, -5L, 6L, 7L, 8L, -9L, "lexicon-1", "ab"],
            await _folder.QueryAsync("sentiment", "asset, number, posts, content_e8, content_tone_e8, content_tone_squared_e8, extreme_content_e8, influence_e8, influence_tone_e8, scorer, scorer_hash"));
    }

    [Fact]
    public async Task Write_Decision_HasItsOrderItsRecordAndTheHashOfItsInput()
    {
        var held = new RiskDecision { Id = "0a", Portfolio = "main", Instrument = Btc.Key, Strategy = "flow", EventTime = At.UnixNanoseconds, Outcome = RiskOutcome.Hold, RecordJson = "?" };
        held.Checks.Add(new RiskCheck { Code = "SPREAD", Passed = false });
        held.Checks.Add(new RiskCheck { Code = "DRAWDOWN", Passed = true });
        await StoreAsync(
            FactTopic.Decisions,
            held,
            new RiskDecision
            {
                Id = "0b",
                Portfolio = "main",
                Instrument = Btc.Key,
                Strategy = "flow",
                EventTime = At.UnixNanoseconds,
                Outcome = RiskOutcome.Approved,
                TargetPosition = "-0.001",
                Intent = new Contracts.Wire.V1.OrderIntent { ClientOrderId = "c1", Side = Contracts.Wire.V1.Side.Sell, Type = "Limit", Quantity = 100_000, LimitPrice = 5 },
                RecordJson = """{"sample":{"a":1},"signal":2}""",
            });

        Assert.Equal(
            ["0a", "HOLD", "SPREAD", DBNull.Value, DBNull.Value, DBNull.Value],
            await _folder.QueryAsync("decisions", "id, outcome, failed_checks, client_order_id, order_quantity_e8, input_sha256"));
        Assert.Equal(
            ["APPROVED", -0.001m, "c1", "SELL", "Limit", 100_000L, 5L, 0L, "{\"sample\":{\"a\":1},\"signal\":2}"],
            await _folder.QueryAsync("decisions", """
                outcome, target_position, client_order_id, order_side, order_type, order_quantity_e8, order_limit_price_e8,
                count(order_stop_price_e8) OVER (), record_json
                """, "WHERE id = '0b'"));
        Assert.Equal(
            [Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("""{"a":1}"""u8))], await _folder.QueryAsync("decisions", "max(input_sha256)"));
    }

    [Fact]
    public async Task Write_Order_HasWhatItsMessageHas()
    {
        await StoreAsync(FactTopic.Orders, new OrderTransition
        {
            ClientOrderId = "c1",
            DecisionId = "0b",
            Portfolio = "main",
            Instrument = Btc.Key,
            Status = "PartiallyFilled",
            Side = Contracts.Wire.V1.Side.Buy,
            Type = "Limit",
            TimeInForce = "Gtc",
            Quantity = 10,
            StopPrice = 3,
            FilledQuantity = 4,
            FilledNotional = "2.5",
            FillCount = 2,
            ReferencePrice = "60000.5",
            DecidedAt = 1_000_000,
            UpdatedAt = At.UnixNanoseconds,
            Reason = "why",
            IsByHand = true,
        });

        Assert.Equal(
            [1_000L, "c1", DBNull.Value, "PartiallyFilled", "BUY", 10L, DBNull.Value, 3L, 4L, 2.5m, 2L, 60000.5m, DBNull.Value, "why", false, true],
            await _folder.QueryAsync("orders", """
                epoch_us(decided_at), client_order_id, strategy, status, side, quantity_e8, limit_price_e8, stop_price_e8, filled_quantity_e8, filled_notional,
                fill_count, reference_price, venue_order_id, reason, reduces_risk, is_by_hand
                """));
    }

    [Fact]
    public async Task Write_PortfolioMark_IsARowOfEquityAndOneForEachPosition()
    {
        var mark = new PortfolioMark { Portfolio = "main", QuoteAsset = "USDT", EventTime = At.UnixNanoseconds, Revision = 9, Cash = "9.5", Equity = "10.25" };
        mark.Positions.Add(new PositionMark { Instrument = Btc.Key, Quantity = "-0.5", MarkPrice = "60000" });
        mark.Positions.Add(new PositionMark { Instrument = "BINANCE:ETHUSDT", Quantity = "2" });
        mark.Balances.Add("USDT", "9.5");
        mark.Balances.Add("BTC", "1");
        await StoreAsync(FactTopic.Positions, mark);

        Assert.Equal(
            [1L, 9.5m, 10.25m, DBNull.Value, """{"BTC":"1","USDT":"9.5"}"""],
            await _folder.QueryAsync("equity", "count(*) OVER (), cash, equity, fees, balances_json"));
        Assert.Equal(
            [2L, -0.5m, 2m, 60_000m, 1L, "BINANCE:BTCUSDT"],
            await _folder.QueryAsync("positions", "count(*), min(quantity), max(quantity), max(mark_price), max(fact_row), min(instrument)"));
    }

    private static Price Units(long units) => Price.FromUnits(units);

    private static FeatureSample Sample(ulong hash, ImmutableArray<float> values) => new()
    {
        Instrument = Btc,
        EventTime = At,
        ReceiveTime = At,
        LastSequence = 5,
        SchemaHash = hash,
        Values = values,
        IsWarm = true,
        BookInSync = true,
        Quote = default,
        LastEventTime = At,
        ClosedBars = [],
    };

    private static Signal Signal() => new()
    {
        Instrument = Btc,
        Strategy = "flow",
        EventTime = At,
        ModelId = "flow-trend",
        ModelHash = "",
        Direction = SignalDirection.Long,
        Score = 0.25,
        Confidence = 0.5,
        ExpectedMoveBps = 3,
        Refusals = [],
    };

    private Task StoreAsync(params Fact[] facts) => StoreAsync([], facts);

    private async Task StoreAsync(FactTopic topic, params IMessage[] messages)
    {
        await using var sink = _folder.Sink();
        await _folder.FeedAsync(
            sink, new LogPartition("local-test", topic, 0), [.. messages.Select((message, i) => new FactRecord(i, At, "key", message))], messages.Length);
    }

    private async Task StoreAsync(FeatureSchema[] schemas, params Fact[] facts)
    {
        await using var sink = _folder.Sink(null, schemas);
        await _folder.FeedAsync(
            sink, new LogPartition("local-test", facts[0].Topic, 0), [.. facts.Select((fact, i) => RecordedMarket.Record(i, fact))], batch: facts.Length);
    }
}
