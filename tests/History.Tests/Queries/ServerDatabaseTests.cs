using BtcAgent.History.Files;
using BtcAgent.History.Queries;
using BtcAgent.History.Sinks;
using BtcAgent.History.Tests.Sinks.Timescale;
using BtcAgent.Testing;

namespace BtcAgent.History.Tests.Queries;

public sealed class ServerDatabaseTests(PostgresServer server)
{
    private static readonly QueryLimits Limits = new(TimeSpan.FromSeconds(20), RowsMax: 5, MemoryMb: 64);

    private static CancellationToken Token => TimescaleRig.Token;

    [Fact]
    public async Task Query_Views_ReturnsExactRowsUpToTheLimit()
    {
        var database = await WithTradesAsync();
        var sums = await new ServerDatabase(database, Limits).QueryAsync("SELECT count(*) AS n, sum(quantity) AS q FROM market_trades;", Token);
        Assert.Equal(["n", "q"], sums.Columns);
        Assert.Equal(10L, Assert.Single(sums.Rows)[0]);
        Assert.IsType<decimal>(sums.Rows[0][1]);

        var many = await new ServerDatabase(database, Limits).QueryAsync("SELECT event_time, trade_id FROM trading.market_trades ORDER BY trade_id -- newest last", Token);
        Assert.True(many.IsTruncated);
        Assert.Equal(5, many.Rows.Count);
        Assert.Equal(DateTimeKind.Utc, Assert.IsType<DateTime>(many.Rows[0][0]).Kind);
    }

    [Theory]
    [InlineData("DELETE FROM market_data", "the query is not one SELECT")]
    [InlineData("SELECT 1; DROP TABLE market_data", "the query is not one SELECT")]
    [InlineData("SELECT 1) AS a; COMMIT; DROP TABLE market_data; SELECT (1", "the query is not one SELECT")]
    [InlineData("WITH gone AS (DELETE FROM market_data RETURNING 1) SELECT * FROM gone", "data-modifying statement must be at the top level")]
    [InlineData("SELECT setval('trading.instruments_id_seq', 1000)", "the history is read-only")]
    [InlineData("SELECT trading.close_bars('infinity')", "the history is read-only")]
    [InlineData("SELECT * FROM trade", "relation \"trade\" does not exist: there are agent_bars, ")]
    [InlineData("SELECT nothing FROM market_trades", "the query failed: column \"nothing\" does not exist")]
    [InlineData("SELECT repeat('9', 40)::numeric AS big", "column big has a number of more than 28 digits")]
    public async Task Query_NotOneReadableSelect_IsRefusedAndChangesNothing(string sql, string expected)
    {
        var database = await WithTradesAsync();
        var error = await Assert.ThrowsAsync<HistoryException>(() => new ServerDatabase(database, Limits).QueryAsync(sql, Token));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(10L, (await new ServerDatabase(database, Limits).QueryAsync("SELECT count(*) FROM market_data", Token)).Rows[0][0]);
    }

    [Fact]
    public async Task Query_LongerThanItsTime_EndsOnTheServer()
    {
        var database = await server.NewDatabaseAsync();
        var error = await Assert.ThrowsAsync<HistoryException>(
            () => new ServerDatabase(database, Limits with { Timeout = TimeSpan.FromMilliseconds(100) }).QueryAsync("SELECT pg_sleep(600)", Token));
        Assert.Contains("took longer than 0.1 s: narrow it, or allow more with --timeout", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Query_ServerThatRefuses_SaysWhyWithoutTheSecret()
    {
        var database = await server.NewDatabaseAsync();
        await using var rig = new TimescaleRig(database);
        await rig.ScalarAsync<object>("CREATE ROLE knows_it LOGIN PASSWORD 'right'");
        var rules = server.PathOf(Path.Combine("data", "pg_hba.conf"));
        await File.WriteAllTextAsync(rules, $"host all knows_it 127.0.0.1/32 scram-sha-256\n{await File.ReadAllTextAsync(rules, Token)}", Token);
        await rig.ScalarAsync<object>("SELECT pg_reload_conf()");
        var wrong = database.Replace("Username=postgres", "Username=knows_it;Password=wrong-secret", StringComparison.Ordinal);
        HistoryException? refused = null;
        await Eventually.TrueAsync(
            "the server asks for the password",
            async () => (refused = await Record.ExceptionAsync(() => new ServerDatabase(wrong, Limits).QueryAsync("SELECT 1", Token)) as HistoryException) is not null,
            TimeSpan.FromSeconds(20));
        Assert.Contains("refuses user 'knows_it': correct Username and Password", refused!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-secret", refused.ToString(), StringComparison.Ordinal);

        var right = wrong.Replace("wrong-secret", "right", StringComparison.Ordinal);
        var empty = await Assert.ThrowsAsync<HistoryException>(() => new ServerDatabase(right, Limits).QueryAsync("SELECT * FROM market_trades", Token));
        Assert.Contains("has no history", empty.Message, StringComparison.Ordinal);
        var away = await Assert.ThrowsAsync<HistoryException>(() => new ServerDatabase("Host=127.0.0.1;Port=1;Username=a", Limits).QueryAsync("SELECT 1", Token));
        Assert.Contains("PostgreSQL at 127.0.0.1:1 does not answer", away.Message, StringComparison.Ordinal);
    }

    private async Task<string> WithTradesAsync()
    {
        var database = await server.NewDatabaseAsync();
        await using var rig = new TimescaleRig(database);
        await rig.Sink.OpenAsync(Token);
        await rig.StoreAsync([new FactBatch(SmallFacts.Market, 0, 10, SmallFacts.Trades(10))]);
        return database;
    }
}
