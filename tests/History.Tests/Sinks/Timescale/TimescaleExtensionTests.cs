using BtcAgent.Domain.MarketData;
using BtcAgent.History.Sinks.Timescale;
using BtcAgent.Storage.Postgres;
using BtcAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace BtcAgent.History.Tests.Sinks.Timescale;

/// <summary>The schema on a real TimescaleDB.</summary>
public sealed class TimescaleExtensionTests : IAsyncLifetime
{
    private readonly TimescaleDatabase database = new();
    private readonly PostgresMigrator migrator = new(NullLogger<PostgresMigrator>.Instance);

    private static CancellationToken Token => TimescaleRig.Token;

    public async ValueTask InitializeAsync() => await database.StartAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Prepare_TimescaleDb_HasHypertablesCompressionAggregatesAndPolicies()
    {
        await using var rig = new TimescaleRig(database.ConnectionString);
        var options = new TimescaleOptions { ConnectionString = database.ConnectionString, SignalsRetentionDays = 0 };

        var choice = await TimescaleSchema.PrepareAsync(options, migrator, Token);

        Assert.Equal(new TimescaleChoice(TimescaleKind.Hypertables, false, null), choice);
        Assert.Equal(
            ["bars|30", "decisions|7", "features|1", "latency|30", "market_data|1", "order_book|1", "orders|30", "positions|30", "posts|30",
                "risk_metrics|30", "sentiment|30", "signals|7", "trades|30"],
            await rig.RowsAsync("""
                SELECT hypertable_name::text, extract(epoch FROM time_interval)::bigint / 86400 FROM timescaledb_information.dimensions
                WHERE hypertable_schema = 'trading' ORDER BY 1
                """));
        Assert.Equal(
            ["market_data|instrument_id,kind|event_time DESC,sequence DESC"],
            await rig.RowsAsync("""
                SELECT 'market_data', segmentby, orderby FROM timescaledb_information.hypertable_compression_settings
                WHERE hypertable = 'trading.market_data'::regclass
                """));
        Assert.Equal(
            ["features|90 days", "latency|90 days", "market_data|90 days", "order_book|30 days", "posts|365 days"],
            await rig.RowsAsync(Jobs("policy_retention", "drop_after")));
        Assert.Equal(13, (await rig.RowsAsync(Jobs("policy_compression", "compress_after"))).Count(row => row.EndsWith("|8 days", StringComparison.Ordinal)));

        options.MarketDataRetentionDays = 60;
        options.SignalsRetentionDays = 100;
        options.LatencyRetentionDays = 0;
        options.CompressAfterDays = 3;
        options.MarketChunkHours = 12;
        await TimescaleSchema.PrepareAsync(options, migrator, Token);

        Assert.Equal(
            ["features|90 days", "market_data|60 days", "order_book|30 days", "posts|365 days", "signals|100 days"],
            await rig.RowsAsync(Jobs("policy_retention", "drop_after")));
        Assert.Equal(13, (await rig.RowsAsync(Jobs("policy_compression", "compress_after"))).Count(row => row.EndsWith("|3 days", StringComparison.Ordinal)));
        Assert.Equal(43_200, await rig.ScalarAsync<long>("""
            SELECT extract(epoch FROM time_interval)::bigint FROM timescaledb_information.dimensions WHERE hypertable_name = 'market_data'
            """));
        await ExpectRefreshInsideRetentionAsync(rig);
    }

    [Fact]
    public async Task Bars_OfTheTape_AreTheAgentsBeforeAndAfterRefreshAndCompression()
    {
        var trades = RecordedMarket.Tape().Trades().ToList();
        await using var rig = new TimescaleRig(database.ConnectionString);
        await TimescaleSchema.PrepareAsync(new TimescaleOptions { ConnectionString = database.ConnectionString }, migrator, Token);
        await InsertAsync(trades);

        await ExpectBarsAsync(rig, trades);
        foreach (var view in new[] { "bars_1m_e8", "bars_5m_e8", "bars_1h_e8" })
        {
            await rig.ScalarAsync<object>($"CALL refresh_continuous_aggregate('trading.{view}', NULL, '2024-08-09 00:00:00+00')");
        }

        await ExpectBarsAsync(rig, trades);
        await rig.RowsAsync("SELECT compress_chunk(chunk)::text FROM show_chunks('trading.market_data') AS chunk");
        await ExpectBarsAsync(rig, trades);
        Assert.Equal(
            ["instrument_id,kind|event_time DESC,sequence DESC"],
            await rig.RowsAsync("SELECT DISTINCT segmentby, orderby FROM timescaledb_information.chunk_compression_settings"));
        var plan = string.Join('\n', await rig.RowsAsync("""
            EXPLAIN SELECT * FROM trading.market_data
            WHERE instrument_id = 1 AND kind = 1 AND event_time > '2024-08-08 12:00:00+00' AND price_e8 > 1
            """));
        Assert.Contains("Vectorized Filter", plan, StringComparison.Ordinal);
    }

    private static string Jobs(string job, string setting) => $"""
        SELECT hypertable_name::text, config ->> '{setting}' FROM timescaledb_information.jobs
        WHERE hypertable_schema = 'trading' AND proc_name = '{job}' ORDER BY 1
        """;

    /// <summary>A refresh that reaches back to removed data would empty the aggregates.</summary>
    private static async Task ExpectRefreshInsideRetentionAsync(TimescaleRig rig)
    {
        var windows = await rig.RowsAsync("""
            SELECT extract(epoch FROM max((config ->> 'start_offset')::interval))::bigint / 86400, count(*) FROM timescaledb_information.jobs
            WHERE proc_name = 'policy_refresh_continuous_aggregate'
            """);
        Assert.Equal("4|5", Assert.Single(windows));
        Assert.True(TimescaleRetentionValidator.DaysMin > 4);
    }

    private static async Task ExpectBarsAsync(TimescaleRig rig, List<MarketEvent> trades)
    {
        Assert.Equal(AgentBars.Of(trades, TimeSpan.FromMinutes(1)), await rig.RowsAsync(AgentBars.Query("bars_1m")));
        Assert.Equal(AgentBars.Of(trades, TimeSpan.FromMinutes(5)), await rig.RowsAsync(AgentBars.Query("bars_5m")));
        Assert.Equal(AgentBars.Of(trades, TimeSpan.FromHours(1)), await rig.RowsAsync(AgentBars.Query("bars_1h")));
        Assert.Equal(AgentBars.Of(trades, TimeSpan.FromDays(1)), await rig.RowsAsync(AgentBars.Query("bars_1d")));
    }

    private async Task InsertAsync(List<MarketEvent> trades)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Token);
        await using var insert = new NpgsqlCommand(
            """
            INSERT INTO trading.instruments (key) VALUES ('BINANCE:BTCUSDT');
            """,
            connection);
        await insert.ExecuteNonQueryAsync(Token);
        insert.CommandText = """
            INSERT INTO trading.market_data
                (event_time, receive_time, instrument_id, kind, line, feed_epoch, sequence, venue_id, price_e8, quantity_e8, aggressor)
            SELECT event_time, event_time, 1, 1, 0, 1, sequence, sequence, price, quantity, aggressor
            FROM unnest($1, $2, $3, $4, $5) AS trade (event_time, sequence, price, quantity, aggressor)
            """;
        insert.Parameters.Add(new NpgsqlParameter<DateTime[]> { TypedValue = [.. trades.Select(one => one.EventTime.ToDateTimeOffset().UtcDateTime)] });
        insert.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. trades.Select(one => one.Sequence)] });
        insert.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. trades.Select(one => one.Price.Units)] });
        insert.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. trades.Select(one => one.Quantity.Units)] });
        insert.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = [.. trades.Select(one => (short)(one.Aggressor == Domain.Side.Buy ? 1 : -1))] });
        await insert.ExecuteNonQueryAsync(Token);
    }
}
