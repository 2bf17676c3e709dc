using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain;
using BtcAgent.Domain.Facts;
using BtcAgent.History.Log;
using BtcAgent.History.Sinks;
using BtcAgent.History.Sinks.Redis;
using BtcAgent.Testing;

namespace BtcAgent.History.Tests.Sinks.Redis;

public sealed class RedisSinkTests : IAsyncLifetime
{
    private const int BatchFacts = 40;
    private static readonly LogPartition Market = new("local-1", FactTopic.MarketData, 0);
    private static readonly TapeFacts Tape = TapeFacts.Both;

    private readonly RedisServer _server = new();

    public async ValueTask InitializeAsync() => await _server.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Write_RecordedDays_StoresEachTradeOnce()
    {
        await using var sink = await OpenAsync();
        await WriteTapeAsync(sink, 0);
        await using var reader = await RedisReader.OpenAsync(_server);
        var total = await reader.TotalAsync("market_data");
        Assert.Equal(19_904, Tape.Trades.Length);
        Assert.Equal((Tape.Trades.Length, Tape.QuantityUnits), (total.Trades, total.QuantityUnits));
        Assert.Equal(Tape.Facts.Count, await sink.CheckpointAsync(Market, default));

        await WriteTapeAsync(sink, 0);
        Assert.Equal(total, await reader.TotalAsync("market_data"));
    }

    [Fact]
    public async Task Write_ServerKilledInMidWrite_ResumesFromItsCheckpoint()
    {
        var random = new Random(16);
        var sink = await OpenAsync();
        try
        {
            for (var (kills, next) = (0, 0); next < Tape.Facts.Count;)
            {
                var batch = Tape.Batch(Market, next, BatchFacts);
                var writing = sink.WriteAsync(batch, default);
                if (kills < 8 && random.Next(4) == 0)
                {
                    kills++;
                    await _server.KillAsync();
                    await Record.ExceptionAsync(() => writing); // It failed or had been stored: the checkpoint says which.
                    await _server.StartAsync();
                    await sink.OpenAsync(default);
                    next = (int)(await sink.CheckpointAsync(Market, default) ?? 0);
                    Assert.InRange(next, batch.First, batch.Next);
                    continue;
                }

                await writing;
                next = (int)batch.Next;
            }
        }
        finally
        {
            await sink.DisposeAsync();
        }

        await using var reader = await RedisReader.OpenAsync(_server);
        var total = await reader.TotalAsync("market_data");
        Assert.Equal((Tape.Trades.Length, Tape.QuantityUnits), (total.Trades, total.QuantityUnits));
    }

    [Fact]
    public async Task Write_EntriesThereWithoutCheckpoint_AddsOnlyTheMissing()
    {
        await using var sink = await OpenAsync();
        await sink.WriteAsync(Tape.Batch(Market, 0, 3), default);
        await using var reader = await RedisReader.OpenAsync(_server);
        var before = await reader.TotalAsync("market_data");

        // As a script that ended before its last command.
        await reader.Database.HashSetAsync("sink:state", $"next:{Market}", 1);
        await sink.OpenAsync(default);
        Assert.Equal(1, await sink.CheckpointAsync(Market, default));
        await sink.WriteAsync(Tape.Batch(Market, 1, 2), default);
        Assert.Equal(before, await reader.TotalAsync("market_data"));
        Assert.Equal(3, await sink.CheckpointAsync(Market, default));
    }

    [Fact]
    public async Task Write_AnotherOwner_IsRefused()
    {
        await using var old = await OpenAsync();
        await old.WriteAsync(Tape.Batch(Market, 0, 1), default);
        await using var current = await OpenAsync();
        var e = await Assert.ThrowsAsync<SinkException>(() => old.WriteAsync(Tape.Batch(Market, 1, 1), default));
        Assert.Contains("another process writes to Redis", e.Message, StringComparison.Ordinal);
        Assert.Equal(1, await current.CheckpointAsync(Market, default));
    }

    [Fact]
    public async Task Write_ServerLostItsData_SaysSoAndBeginsAgain()
    {
        await using var sink = await OpenAsync();
        await sink.WriteAsync(Tape.Batch(Market, 0, 2), default);
        await using var reader = await RedisReader.OpenAsync(_server);
        var owner = await reader.Database.HashGetAsync("sink:state", "owner");
        await reader.Database.ExecuteAsync("FLUSHALL");
        await reader.Database.HashSetAsync("sink:state", "owner", owner);

        var e = await Assert.ThrowsAsync<SinkException>(() => sink.WriteAsync(Tape.Batch(Market, 2, 1), default));
        Assert.Contains("lost facts: its checkpoint of local-1/market_data/0 is gone, ours is 2", e.Message, StringComparison.Ordinal);
        await sink.OpenAsync(default);
        Assert.Null(await sink.CheckpointAsync(Market, default));
    }

    [Fact]
    public async Task Write_LogBeginsAfterTheCheckpoint_Continues()
    {
        await using var sink = await OpenAsync();
        await sink.WriteAsync(Tape.Batch(Market, 0, 2), default);
        await sink.WriteAsync(Tape.Batch(Market, 5, 1), default); // The log no longer had what is between.
        Assert.Equal(6, await sink.CheckpointAsync(Market, default));
    }

    [Fact]
    public async Task Write_AnotherLog_AppendsBehindTheOld()
    {
        await using var sink = await OpenAsync();
        await sink.WriteAsync(Tape.Batch(Market, 0, 3), default);
        await using var reader = await RedisReader.OpenAsync(_server);
        var before = await reader.TotalAsync("market_data");

        var other = Market with { Log = "local-2" };
        Assert.Null(await sink.CheckpointAsync(other, default));
        await sink.WriteAsync(Tape.Batch(other, 0, 2), default);
        await sink.OpenAsync(default);
        await sink.WriteAsync(Tape.Batch(other, 2, 1), default);
        var after = await reader.TotalAsync("market_data");
        Assert.Equal((2 * before.Trades, 2 * before.QuantityUnits, 2 * before.Length), (after.Trades, after.QuantityUnits, after.Length));
        Assert.StartsWith("5-", after.LastId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_SecondPartition_HasItsStream()
    {
        await using var sink = await OpenAsync("{btcagent}:");
        await sink.WriteAsync(Tape.Batch(Market with { Log = "kafka", Number = 3 }, 0, 1), default);
        await using var reader = await RedisReader.OpenAsync(_server);
        Assert.True((await reader.TotalAsync("{btcagent}:market_data:3")).Length > 0);
    }

    [Fact]
    public async Task Write_MoreThanEntriesMax_KeepsTheNewest()
    {
        await using var sink = await OpenAsync(change: options => options.EntriesMax = 1_000);
        await sink.WriteAsync(Tape.Batch(Market, 0, 100), default);
        await using var reader = await RedisReader.OpenAsync(_server);
        Assert.InRange((await reader.TotalAsync("market_data")).Length, 1_000, 1_200);
    }

    [Fact]
    public async Task Write_OlderThanKeepHours_AreRemoved()
    {
        await using var sink = await OpenAsync(change: options => options.KeepHours = 2);
        var signals = new LogPartition("local-1", FactTopic.Signals, 0);
        for (var minute = 0; minute < 600; minute += 10)
        {
            var at = Timestamp.FromUnixMilliseconds(1_700_000_000_000) + TimeSpan.FromMinutes(minute);
            var facts = Enumerable.Range(minute * 10, 100)
                .Select(offset => new FactRecord(offset, at, "k", new TradingSignal { Instrument = "BINANCE:BTCUSDT", Strategy = "s", EventTime = at.UnixNanoseconds }));
            await sink.WriteAsync(new FactBatch(signals, minute * 10, (minute * 10) + 100, [.. facts]), default);
        }

        // 2 h and the newest ten minutes are 13 batches of 100; Redis removes whole blocks of 100.
        await using var reader = await RedisReader.OpenAsync(_server);
        Assert.InRange(await reader.Database.StreamLengthAsync("trading_signals"), 1_300, 1_400);
        Assert.InRange(await reader.Database.SortedSetLengthAsync("sink:times:trading_signals"), 12, 14);
    }

    private async Task<RedisSink> OpenAsync(string prefix = "", Action<RedisSinkOptions>? change = null)
    {
        var options = new RedisSinkOptions { Connection = _server.Address, KeyPrefix = prefix, EntriesMax = 10_000_000, KeepHours = 0 };
        change?.Invoke(options);
        var sink = new RedisSink(options);
        await sink.OpenAsync(default);
        return sink;
    }

    private static async Task WriteTapeAsync(RedisSink sink, int start)
    {
        for (var at = start; at < Tape.Facts.Count; at += BatchFacts)
        {
            await sink.WriteAsync(Tape.Batch(Market, at, BatchFacts), default);
        }
    }
}
