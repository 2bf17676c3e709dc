using System.Text.Json;
using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain;
using BtcAgent.Domain.Facts;
using BtcAgent.History.Log;
using BtcAgent.History.Sinks;
using BtcAgent.History.Sinks.Redis;
using BtcAgent.Testing;
using Google.Protobuf;
using Side = BtcAgent.Contracts.Wire.V1.Side;

namespace BtcAgent.History.Tests.Sinks.Redis;

public sealed class RedisCacheTests : IAsyncLifetime
{
    /// <summary>Far in the future, so that no state expires during a test.</summary>
    private static readonly Timestamp Now = Timestamp.FromUnixMilliseconds(4_000_000_000_000);

    private readonly RedisServer _server = new();
    private RedisSink _sink = null!;
    private RedisReader _reader = null!;

    public async ValueTask InitializeAsync()
    {
        await _server.StartAsync();
        _sink = new RedisSink(new RedisSinkOptions { Connection = _server.Address });
        await _sink.OpenAsync(default);
        _reader = await RedisReader.OpenAsync(_server);
    }

    public async ValueTask DisposeAsync()
    {
        await (_reader?.DisposeAsync() ?? default);
        await (_sink?.DisposeAsync() ?? default);
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Write_MarketEvents_KeepTheLastQuoteAndTrade()
    {
        await WriteAsync(FactTopic.MarketData, Now, Batch(
            new MarketEvent { Kind = MarketEventKind.Quote, ReceiveTime = 5, Price = 4_200_010_000_000, Quantity = 1, AskPrice = 4_200_020_000_000, AskQuantity = 2 },
            new MarketEvent { Kind = MarketEventKind.Trade, EventTime = 7, LastId = 9, Price = 4_200_015_000_000, Quantity = 150_000_000, Aggressor = Side.Sell }));
        var state = await StateAsync("market_state:BINANCE:BTCUSDT");
        Assert.Equal(("42000.1", "4200010000000"), (state["bid_price"], state["bid_price_e8"]));
        Assert.Equal(("1.5", "150000000", "9", "sell", "7"), (state["trade_quantity"], state["trade_quantity_e8"], state["trade_id"], state["trade_aggressor"], state["trade_time_ns"]));
        Assert.Equal(("connected", "7", "5", Now.UnixNanoseconds.ToString()), (state["feed"], state["time_ns"], state["quote_time_ns"], state["logged_at_ns"]));
        Assert.Equal(Now.UnixMilliseconds + 60_000, await ExpiryAsync("market_state:BINANCE:BTCUSDT"));

        await WriteAsync(FactTopic.MarketData, Now, Batch(new MarketEvent { Kind = MarketEventKind.FeedInterrupted, ReceiveTime = 8 }));
        state = await StateAsync("market_state:BINANCE:BTCUSDT");
        Assert.Equal(("interrupted", "42000.1"), (state["feed"], state["bid_price"]));
    }

    [Fact]
    public async Task Write_OldMarketEvents_AreNotShownAsNew()
    {
        await WriteAsync(FactTopic.MarketData, Timestamp.FromUnixMilliseconds(1_700_000_000_000), Batch(
            new MarketEvent { Kind = MarketEventKind.Trade, EventTime = 7, LastId = 9, Price = 1, Quantity = 1 }));
        Assert.False(await _reader.Database.KeyExistsAsync("market_state:BINANCE:BTCUSDT"));
        Assert.Equal(1, await _reader.Database.StreamLengthAsync("market_data"));
    }

    [Fact]
    public async Task Write_Signal_IsTheStrategysPrediction()
    {
        await WriteAsync(FactTopic.Signals, Now, new TradingSignal
        {
            Instrument = "BINANCE:BTCUSDT",
            Strategy = "trend",
            EventTime = 11,
            ModelId = "m1",
            Direction = -1,
            Score = 0.25,
            Refusals = { "COLD" },
        });
        var state = await StateAsync("model_predictions:BINANCE:BTCUSDT:trend");
        Assert.Equal(("m1", "-1", "0.25", "0", "COLD"), (state["model_id"], state["direction"], state["score"], state["is_valid"], state["refusals"]));
        Assert.Equal(Now.UnixMilliseconds + 300_000, await ExpiryAsync("model_predictions:BINANCE:BTCUSDT:trend"));
    }

    [Fact]
    public async Task Write_Positions_NeverExpire()
    {
        await WriteAsync(FactTopic.Positions, Now, new PortfolioMark
        {
            Portfolio = "main",
            EventTime = 12,
            Equity = "100.5",
            Positions = { new PositionMark { Instrument = "BINANCE:BTCUSDT", Quantity = "-0.5" } },
            Balances = { ["USDT"] = "1" },
        });
        var state = await StateAsync("current_positions:main");
        Assert.Equal(("100.5", "12", """{"USDT":"1"}"""), (state["equity"], state["time_ns"], state["balances"]));
        var position = Assert.Single(JsonSerializer.Deserialize<JsonElement[]>(state["positions"])!);
        Assert.Equal(("-0.5", JsonValueKind.Null), (position.GetProperty("quantity").GetString(), position.GetProperty("mark_price").ValueKind));
        Assert.Null(await _reader.Database.KeyExpireTimeAsync("current_positions:main"));
        Assert.False(await _reader.Database.KeyExistsAsync("positions"));
    }

    [Fact]
    public async Task Write_EachStream_HasReadableFields()
    {
        await WriteAsync(FactTopic.OrderBook, Now, new BookDepth { Instrument = "A:B", BidPrices = { 150_000_000 }, BidQuantities = { 1 } });
        await WriteAsync(FactTopic.Features, Now, new FeatureVector { Instrument = "A:B", SchemaHash = 255, Values = { 0.5f, float.NaN } });
        await WriteAsync(FactTopic.Decisions, Now, new RiskDecision
        {
            Id = "0011",
            Outcome = RiskOutcome.Approved,
            Checks = { new RiskCheck { Code = "A", Passed = true }, new RiskCheck { Code = "B" } },
            Intent = new OrderIntent { ClientOrderId = "c", Side = Side.Buy, Quantity = 100, LimitPrice = 200 },
        });
        await WriteAsync(FactTopic.Executions, Now, new TradeExecution { TradeId = "t1", Side = Side.Sell, Price = 250_000_000, Quantity = 100_000_000, Fee = "0.001" });

        var book = await EntryAsync("order_book");
        Assert.Equal(("""[["1.5","0.00000001"]]""", "[[150000000,1]]", "[]"), (book["bids"], book["bids_e8"], book["asks"]));
        var sample = await EntryAsync("features");
        Assert.Equal(("00000000000000ff", "[0.5,null]"), (sample["schema_hash"], sample["values"]));
        var decision = await EntryAsync("risk_decisions");
        Assert.Equal(("approved", "B", "buy", "0.000001", "200"), (decision["outcome"], decision["failed_checks"], decision["side"], decision["quantity"], decision["limit_price_e8"]));
        Assert.False(decision.ContainsKey("stop_price"));
        var fill = await EntryAsync("trade_executions");
        Assert.Equal(("t1", "sell", "2.5", "100000000", "0.001"), (fill["trade_id"], fill["side"], fill["price"], fill["quantity_e8"], fill["fee"]));
    }

    private static MarketDataBatch Batch(params MarketEvent[] events) => new() { Instrument = "BINANCE:BTCUSDT", FeedEpoch = 1, Events = { events } };

    private async Task WriteAsync(FactTopic topic, Timestamp loggedAt, IMessage message)
    {
        var partition = new LogPartition("local-1", topic, 0);
        var next = await _sink.CheckpointAsync(partition, default) ?? 0;
        await _sink.WriteAsync(new FactBatch(partition, next, next + 1, [new FactRecord(next, loggedAt, "k", message)]), default);
    }

    private async Task<Dictionary<string, string>> StateAsync(string key) =>
        (await _reader.Database.HashGetAllAsync(key)).ToDictionary(one => one.Name.ToString(), one => one.Value.ToString());

    private async Task<Dictionary<string, string>> EntryAsync(string stream) =>
        Assert.Single(await _reader.Database.StreamRangeAsync(stream)).Values.ToDictionary(one => one.Name.ToString(), one => one.Value.ToString());

    private async Task<long> ExpiryAsync(string key) =>
        new DateTimeOffset((await _reader.Database.KeyExpireTimeAsync(key))!.Value.ToUniversalTime()).ToUnixTimeMilliseconds();
}
