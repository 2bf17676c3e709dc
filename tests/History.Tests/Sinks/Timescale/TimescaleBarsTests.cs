using BtcAgent.Domain.MarketData;
using BtcAgent.Testing;

namespace BtcAgent.History.Tests.Sinks.Timescale;

public sealed class TimescaleBarsTests(PostgresServer server)
{
    private static readonly (string View, TimeSpan Interval)[] Views =
    [
        ("bars_1m", TimeSpan.FromMinutes(1)), ("bars_5m", TimeSpan.FromMinutes(5)), ("bars_1h", TimeSpan.FromHours(1)),
        ("bars_1d", TimeSpan.FromDays(1)),
    ];

    private static CancellationToken Token => TimescaleRig.Token;

    [Fact]
    public async Task Bars_TapeInTwoParts_AreTheAgentsWithTheLastOneLive()
    {
        var tape = RecordedMarket.Tape();
        var facts = tape.Facts();
        var half = facts.Count / 2;
        await using var rig = new TimescaleRig(await server.NewDatabaseAsync());
        await rig.Sink.OpenAsync(Token);

        await rig.StoreAsync(facts.Take(half).ToList().Batches(RecordedMarket.Partition, 500));
        await ExpectAsync(rig, tape.Events.Take(half * RecordedMarket.EventsPerFact));

        // Closes every minute, also the one that the second half continues.
        await rig.Sink.FlushAsync(everything: false, Token);
        Assert.True(await rig.ScalarAsync<long>("SELECT count(*) FROM trading.bars_1m_closed") > 0);
        await ExpectAsync(rig, tape.Events.Take(half * RecordedMarket.EventsPerFact));

        await rig.StoreAsync(facts.Skip(half).ToList().Batches(RecordedMarket.Partition, 500));
        await ExpectAsync(rig, tape.Events);
    }

    [Fact]
    public async Task Bars_TradesOfOneInstant_OpenAndCloseBySequence()
    {
        await using var rig = new TimescaleRig(await server.NewDatabaseAsync());
        await rig.Sink.OpenAsync(Token);

        await rig.StoreAsync(new[]
        {
            SmallFacts.Trade(0, SmallFacts.Noon, 100, 1, Domain.Side.Buy),
            SmallFacts.Trade(1, SmallFacts.Noon, 90, 2, Domain.Side.Sell),
            SmallFacts.Trade(2, SmallFacts.Noon, 105, 4, Domain.Side.Buy),
            SmallFacts.Trade(3, SmallFacts.Noon, 95, 8, Domain.Side.Sell),
        }.Batches(SmallFacts.Market, 2));

        Assert.Equal(["2024-08-08 12:00:00|100|105|90|95|15|5|1460|4"], await rig.RowsAsync(AgentBars.Query("bars_1m")));
    }

    [Fact]
    public async Task Flush_DataOlderThanItsRetention_IsRemovedButItsBarsAndFillsStay()
    {
        await using var rig = new TimescaleRig(await server.NewDatabaseAsync(), options => options.MarketDataRetentionDays = 7);
        await rig.Sink.OpenAsync(Token);
        await rig.StoreAsync([.. SmallFacts.Trades(10).Batches(SmallFacts.Market, 10), .. SmallFacts.Fills().Batches(SmallFacts.Executions, 10)]);

        rig.Time.SetUtcNow(new DateTimeOffset(2024, 8, 15, 23, 59, 0, TimeSpan.Zero));
        await rig.Sink.FlushAsync(everything: false, Token);
        Assert.Equal(10, await rig.ScalarAsync<long>("SELECT count(*) FROM trading.market_data"));

        rig.Time.SetUtcNow(new DateTimeOffset(2024, 8, 16, 0, 1, 0, TimeSpan.Zero));
        await rig.Sink.FlushAsync(everything: false, Token);

        Assert.Equal(0, await rig.ScalarAsync<long>("SELECT count(*) FROM trading.market_data"));
        Assert.Equal(["2024-08-08 12:00:00|100|109|100|109|10|10|1045|10"], await rig.RowsAsync(AgentBars.Query("bars_1m")));
        Assert.Equal(SmallFacts.Fills().Length, await rig.ScalarAsync<long>("SELECT count(*) FROM trading.trades"));
        Assert.Contains(rig.Log.Lines, line => line.Contains("market_data_p20240808", StringComparison.Ordinal));
    }

    private static async Task ExpectAsync(TimescaleRig rig, IEnumerable<MarketEvent> events)
    {
        var trades = events.Where(one => one.Kind == MarketEventKind.Trade).ToList();
        foreach (var (view, interval) in Views)
        {
            Assert.Equal(AgentBars.Of(trades, interval), await rig.RowsAsync(AgentBars.Query(view)));
        }
    }
}
