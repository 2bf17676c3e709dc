using BtcAgent.Domain.Facts;
using BtcAgent.History.Log;
using BtcAgent.History.Sinks;
using BtcAgent.Testing;

namespace BtcAgent.History.Tests.Sinks.Timescale;

public sealed class TimescaleSinkTests(PostgresServer server)
{
    private const string Sums = """
        SELECT count(*), sum(price_e8::numeric), sum(quantity_e8), sum(price_e8::numeric * quantity_e8), sum(venue_id::numeric)
        FROM trading.market_data WHERE kind = 1
        """;

    private static CancellationToken Token => TimescaleRig.Token;

    [Fact]
    public async Task Write_RecordedTape_CountsAndSumsAreTheTapes()
    {
        var tape = RecordedMarket.Tape();
        await using var rig = new TimescaleRig(await server.NewDatabaseAsync());
        await rig.Sink.OpenAsync(Token);

        await rig.StoreAsync(tape.Facts().Batches(RecordedMarket.Partition, 200));

        Assert.Equal(19_904, tape.Trades().Count());
        var expected = SumsOf(tape);
        Assert.Equal(expected, Assert.Single(await rig.RowsAsync(Sums)));
        Assert.Equal(73_174, await rig.ScalarAsync<long>("SELECT count(*) FROM trading.market_quotes"));
        Assert.Equal(
            tape.Trades().Sum(one => one.Quantity.ToDecimal()),
            await rig.ScalarAsync<decimal>("SELECT sum(quantity) FROM trading.market_trades"));

        await rig.Sink.DisposeAsync();
        await using var later = rig.NewSink();
        await later.OpenAsync(Token);
        foreach (var batch in tape.Facts().Batches(RecordedMarket.Partition, 300))
        {
            await later.WriteAsync(batch, Token);
        }

        Assert.Equal(expected, Assert.Single(await rig.RowsAsync(Sums)));
        Assert.Equal(tape.Facts().Count, await later.CheckpointAsync(RecordedMarket.Partition, Token));
    }

    [Fact]
    public async Task Write_BatchReachesOverTheCheckpoint_StoresTheRestOnly()
    {
        var facts = SmallFacts.Trades(10);
        await using var rig = new TimescaleRig(await server.NewDatabaseAsync());
        await rig.Sink.OpenAsync(Token);
        Assert.Null(await rig.CheckpointAsync(SmallFacts.Market));

        await rig.StoreAsync([new FactBatch(SmallFacts.Market, 0, 6, facts[..6])]);
        await rig.StoreAsync([new FactBatch(SmallFacts.Market, 0, 10, facts)]);

        Assert.Equal(10, await rig.ScalarAsync<long>("SELECT count(*) FROM trading.market_data"));
        Assert.Equal(10, await rig.CheckpointAsync(SmallFacts.Market));
    }

    [Fact]
    public async Task Write_NothingNewInTheBatch_MovesTheCheckpoint()
    {
        await using var rig = new TimescaleRig(await server.NewDatabaseAsync());
        await rig.Sink.OpenAsync(Token);

        await rig.StoreAsync([new FactBatch(SmallFacts.Market, 0, 7, [])]);

        Assert.Equal(7, await rig.CheckpointAsync(SmallFacts.Market));
    }

    [Fact]
    public async Task Write_ConnectionDiesBetweenCopyAndCommit_LeavesNothingAndSucceedsLater()
    {
        var facts = SmallFacts.Trades(10);
        await using var rig = new TimescaleRig(await server.NewDatabaseAsync());
        await rig.Sink.OpenAsync(Token);
        await rig.StoreAsync([new FactBatch(SmallFacts.Market, 0, 4, facts[..4])]);

        // Runs at the commit, when everything is copied.
        await rig.ScalarAsync<object>("""
            CREATE FUNCTION trading.die() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
            CREATE CONSTRAINT TRIGGER die AFTER UPDATE ON trading.sink_offsets DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION trading.die();
            """);
        var second = new FactBatch(SmallFacts.Market, 4, 10, facts[4..]);
        var error = await Assert.ThrowsAsync<SinkException>(() => rig.Sink.WriteAsync(second, Token));
        Assert.False(error.IsFinal);
        Assert.Equal(4, await rig.ScalarAsync<long>("SELECT count(*) FROM trading.market_data"));

        await rig.ScalarAsync<object>("DROP TRIGGER die ON trading.sink_offsets");
        await rig.Sink.OpenAsync(Token);
        Assert.Equal(4, await rig.CheckpointAsync(SmallFacts.Market));
        await rig.Sink.WriteAsync(second, Token);

        Assert.Equal(10, await rig.ScalarAsync<long>("SELECT count(*) FROM trading.market_data"));
    }

    [Fact]
    public async Task Write_ByAnEarlierOwner_IsRefusedAndStoresNothing()
    {
        var facts = SmallFacts.Trades(10);
        await using var rig = new TimescaleRig(await server.NewDatabaseAsync());
        await rig.Sink.OpenAsync(Token);
        await rig.StoreAsync([new FactBatch(SmallFacts.Market, 0, 4, facts[..4])]);
        await rig.EndLockSessionAsync();
        await using var newer = rig.NewSink();
        await newer.OpenAsync(Token);

        var error = await Assert.ThrowsAsync<SinkException>(
            () => rig.Sink.WriteAsync(new FactBatch(SmallFacts.Market, 4, 10, facts[4..]), Token));
        var elsewhere = await Assert.ThrowsAsync<SinkException>(
            () => rig.Sink.WriteAsync(new FactBatch(SmallFacts.Market with { Number = 1 }, 0, 10, facts), Token));

        Assert.Contains("taken over (epoch 2, this process has 1)", error.Message, StringComparison.Ordinal);
        Assert.Contains("taken over", elsewhere.Message, StringComparison.Ordinal);
        Assert.Equal(4, await rig.ScalarAsync<long>("SELECT count(*) FROM trading.market_data"));
        await newer.WriteAsync(new FactBatch(SmallFacts.Market, 4, 10, facts[4..]), Token);
        Assert.Equal(10, await rig.ScalarAsync<long>("SELECT count(*) FROM trading.market_data"));
    }

    [Fact]
    public async Task Open_NameInUse_IsRefusedWithItsOwnerUntilThatOneEnds()
    {
        var facts = SmallFacts.Trades(10);
        await using var rig = new TimescaleRig(await server.NewDatabaseAsync());
        await rig.Sink.OpenAsync(Token);
        await using var second = rig.NewSink();

        var error = await Assert.ThrowsAsync<SinkException>(() => second.OpenAsync(Token));

        Assert.Contains($"sink 'timescaledb' is in use by {Environment.MachineName}:{Environment.ProcessId} since 20", error.Message, StringComparison.Ordinal);
        Assert.Contains("give this one its own History:Timescale:SinkName", error.Message, StringComparison.Ordinal);
        Assert.False(error.IsFinal);
        Assert.DoesNotContain('\n', error.Message);
        await rig.StoreAsync([new FactBatch(SmallFacts.Market, 0, 10, facts)]);
        await rig.Sink.DisposeAsync();
        await second.OpenAsync(Token);
        Assert.Equal(10, await second.CheckpointAsync(SmallFacts.Market, Token));
    }

    [Fact]
    public async Task Write_FactThatPostgresCannotStore_LeavesItOutAndSaysSo()
    {
        await using var rig = new TimescaleRig(await server.NewDatabaseAsync());
        await rig.Sink.OpenAsync(Token);
        var partition = new LogPartition("local-1", FactTopic.AgentEvents, 0);
        FactRecord[] facts = [SmallFacts.Event(5, "halted"), SmallFacts.Event(6, "a\0b"), SmallFacts.Event(7, "resumed")];

        await rig.StoreAsync([new FactBatch(partition, 5, 8, facts)]);

        Assert.Equal(["halted", "resumed"], await rig.RowsAsync("SELECT reason FROM trading.audit_log ORDER BY log_offset"));
        Assert.Equal(1, rig.Sink.FactsRefused);
        Assert.Contains(rig.Log.Lines, line => line.Contains("from offset 6", StringComparison.Ordinal) && line.Contains("U+0000", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Write_TwoSinksOfOneDatabase_DoNotFenceEachOther()
    {
        var database = await server.NewDatabaseAsync();
        await using var first = new TimescaleRig(database, options => options.SinkName = "agent-a");
        await using var second = new TimescaleRig(database, options => options.SinkName = "agent-b");
        await first.Sink.OpenAsync(Token);
        await second.Sink.OpenAsync(Token);

        await first.StoreAsync([new FactBatch(SmallFacts.Market, 0, 3, SmallFacts.Trades(3))]);
        await second.StoreAsync([new FactBatch(SmallFacts.Market, 0, 3, SmallFacts.Trades(3))]);

        Assert.Equal(6, await first.ScalarAsync<long>("SELECT count(*) FROM trading.market_data"));
    }

    private static string SumsOf(Exchanges.Binance.Tapes.DecodedTape tape)
    {
        Int128 price = 0, quantity = 0, notional = 0, ids = 0;
        foreach (var one in tape.Trades())
        {
            price += one.Price.Units;
            quantity += one.Quantity.Units;
            notional += Math.BigMul(one.Price.Units, one.Quantity.Units);
            ids += one.LastId;
        }

        return $"{tape.Trades().Count()}|{price}|{quantity}|{notional}|{ids}";
    }
}
