using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain.Facts;
using BtcAgent.Testing;
using AgentEventKind = BtcAgent.Contracts.Wire.V1.AgentEventKind;

namespace BtcAgent.History.Tests.Sinks.Timescale;

/// <summary>Every column of every table, from one message each.</summary>
public sealed class TimescaleRowsTests(PostgresServer server)
{
    private const string Key = "BINANCE:BTCUSDT";
    private const string Noon = "2024-08-08T12:00:00.000000";

    private static readonly long Time = SmallFacts.Noon.UnixNanoseconds;

    [Fact]
    public async Task Write_OneFactOfEachTopic_FillsEveryColumn()
    {
        await using var rig = new TimescaleRig(await server.NewDatabaseAsync());
        await TradingStory.StoreAllAsync(rig);
        await StoreOthersAsync(rig);

        await ExpectAsync(rig, "market_data", $"{Noon}|2024-08-08T12:00:00.003000|1|1|0|1|1|1000|10000000000|100000000|null|null|1");
        await ExpectAsync(rig, "order_book", $"{Noon}|1|42|100|101|[100,99]|[1,2]|[101]|[3]|0");
        await ExpectAsync(rig, "bars", $"{Noon}|1|60000|1|4|0|2|5|3|0.0000000000000001|7|0");
        await ExpectAsync(rig, "features", $"{Noon}|{Noon}|1|77|-1|True|True|9900000000|10100000000|[1.5,NaN]|0");
        await ExpectAsync(rig, "signals", $"{Noon}|1|trend|m1|h1|1|0.75|0.5|12|[COOL_DOWN]|0");
        await ExpectAsync(
            rig, "decisions",
            $"{Noon}|d1|main|1|trend|h1|approved|2|0|a|1|Limit|300000000|10100000000|null|buy|"
            + """[{"code": "MAX_POSITION", "limit": "1", "value": "0.10", "passed": true}]|"""
            + """{"sample": {"volatilityPerSqrtSecond": 0.00001}, "signal": {"modelId": "m1"}}|0""");
        await ExpectAsync(
            rig, "orders", $"{Noon}|a|d1|main|1|trend|New|1|Limit|Gtc|300000000|null|null|0|0|0|100|{Noon}|null|null|False|False|0");
        await ExpectAsync(rig, "trades", $"{Noon}|a0|a|main|1|1|10000000000|100000000|0.1|USDT|False|0");
        await ExpectAsync(rig, "positions", $"{Noon}|main|1|9|-1.50|100.10|99.9|0.3|0.15|0");
        await ExpectAsync(rig, "risk_metrics", $"{Noon}|main|USDT|9|1|2|3|4|5|6|0.7|149.850|8|{{\"BTC\": \"-1.50\"}}|0");
        await ExpectAsync(rig, "latency", $"{Noon}|node-a|tick|60000|10|0.5|1.5|2.5|0");
        await ExpectAsync(rig, "posts", $"{Noon}|x|17|en|null|{Noon}|-0.5|0.75|0.5|0.25|lexicon-1|ab|0");
        await ExpectAsync(rig, "sentiment", $"{Noon}|BTC|7|3|200000000|-100000000|60000000|50000000|100000000|-25000000|lexicon-1|ab|0");
        Assert.Equal(["-0.50|-0.25|0.25"], await rig.RowsAsync("SELECT round(tone, 2), round(influence_tone, 2), round(extreme_share, 2) FROM trading.tone"));
        await ExpectAsync(rig, "audit_log", $"{Noon}|breaker|main|drawdown|closed|open|risk|too deep|0");
        Assert.Equal(["1|BINANCE:BTCUSDT|BINANCE|BTCUSDT"], await rig.RowsAsync("SELECT * FROM trading.instruments"));
        Assert.Equal(
            ["ask|1|0.00000101|0.00000003", "bid|1|0.00000100|0.00000001", "bid|2|0.00000099|0.00000002"],
            await rig.RowsAsync("SELECT side, level, price, quantity FROM trading.book_levels ORDER BY 1, 2"));
    }

    [Fact]
    public async Task Write_FactWithoutATime_HasTheTimeOfTheLog()
    {
        await using var rig = new TimescaleRig(await server.NewDatabaseAsync());
        await rig.Sink.OpenAsync(TimescaleRig.Token);

        await TradingStory.StoreAsync(rig, FactTopic.Latency, [new LatencyWindow { Node = "n", Stage = "s" }]);

        Assert.Equal([Noon], await rig.RowsAsync("SELECT event_time FROM trading.latency"));
    }

    private static async Task ExpectAsync(TimescaleRig rig, string table, string row) =>
        Assert.Equal(row, (await rig.RowsAsync($"SELECT * FROM trading.{table} LIMIT 1"))[0]);

    private static async Task StoreOthersAsync(TimescaleRig rig)
    {
        await TradingStory.StoreAsync(rig, FactTopic.OrderBook, [new BookDepth
        {
            Instrument = Key, EventTime = Time, LastUpdateId = 42, BidPrices = { 100, 99 }, BidQuantities = { 1, 2 }, AskPrices = { 101 },
            AskQuantities = { 3 },
        }]);
        await TradingStory.StoreAsync(rig, FactTopic.Bars, [new ClosedBar
        {
            Instrument = Key, OpenTime = Time, Interval = 60_000_000_000, Open = 1, High = 4, Low = 0, Close = 2, Volume = 5, BuyVolume = 3,
            QuoteVolume = "0.0000000000000001", TradeCount = 7,
        }]);
        var mark = new PortfolioMark
        {
            Portfolio = "main",
            QuoteAsset = "USDT",
            EventTime = Time,
            Revision = 9,
            Cash = "1",
            Equity = "2",
            HighWaterMark = "3",
            DayStartEquity = "4",
            RealizedPnl = "5",
            UnrealizedPnl = "6",
            Fees = "0.7",
            FillCount = 8,
            Balances = { ["BTC"] = "-1.50" },
            Positions =
            {
                new PositionMark
                {
                    Instrument = Key, Quantity = "-1.50", AveragePrice = "100.10", MarkPrice = "99.9", RealizedPnl = "0.3", UnrealizedPnl = "0.15",
                },
            },
        };
        await TradingStory.StoreAsync(rig, FactTopic.Positions, [mark]);
        await TradingStory.StoreAsync(rig, FactTopic.Latency, [new LatencyWindow
        {
            Node = "node-a", Stage = "tick", WindowEnd = Time, Window = 60_000_000_000, Count = 10, P50Ms = 0.5, P99Ms = 1.5, MaxMs = 2.5,
        }]);
        await TradingStory.StoreAsync(rig, FactTopic.SocialData, [new ScoredPost
        {
            Source = "x", Id = "17", Language = "en", ReceivedAt = Time, KnownAt = Time, Tone = -0.5, Confidence = 0.75, Content = 0.5, Weight = 0.25,
            Scorer = "lexicon-1", ScorerHash = "ab",
        }]);
        await TradingStory.StoreAsync(rig, FactTopic.Sentiment, [new SentimentSums
        {
            Asset = "BTC", Number = 7, KnownAt = Time, Posts = 3, Content = 200_000_000, ContentTone = -100_000_000, ContentToneSquared = 60_000_000,
            ExtremeContent = 50_000_000, Influence = 100_000_000, InfluenceTone = -25_000_000, Scorer = "lexicon-1", ScorerHash = "ab",
        }]);
        await TradingStory.StoreAsync(rig, FactTopic.AgentEvents, [new AgentEvent
        {
            Kind = AgentEventKind.Breaker, Subject = "main", Name = "drawdown", From = "closed", To = "open", Actor = "risk", Reason = "too deep",
            Time = Time,
        }]);
    }
}
