using BtcAgent.Domain.MarketData;
using BtcAgent.History.Files;
using BtcAgent.History.Queries;
using BtcAgent.History.Sinks;
using BtcAgent.History.Tests.Files;

namespace BtcAgent.History.Tests.Queries;

public sealed class HistoryDatabaseTests : IDisposable
{
    private readonly HistoryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Query_RecordedTape_CountsAndSumsToTheLastDigit()
    {
        var tape = RecordedMarket.Tape();
        await StoreAsync(RecordedMarket.Facts(tape));
        var trades = tape.Events.Where(e => e.Kind == MarketEventKind.Trade).ToList();

        var result = await QueryAsync("SELECT count(*), sum(quantity), sum(price * quantity::DECIMAL(18,8)), min(event_ns), max(receive_ns), any_value(instrument) FROM trades");

        Assert.Equal(
            [
                19_904L,
                trades.Sum(e => e.Quantity.ToDecimal()),
                trades.Sum(e => e.Price.ToDecimal() * e.Quantity.ToDecimal()),
                trades.Min(e => e.EventTime.UnixNanoseconds),
                trades.Max(e => e.ReceiveTime.UnixNanoseconds),
                "BINANCE:BTCUSDT",
            ],
            Assert.Single(result.Rows));
        Assert.Equal(73_174L, (await QueryAsync("SELECT count(*) FROM quotes WHERE ask_price > bid_price")).Rows[0][0]);
    }

    [Fact]
    public async Task Query_EachView_ExistsWithoutFiles()
    {
        await StoreAsync([]);
        foreach (var dataset in BtcAgent.History.Datasets.HistoryDatasets.Create())
        {
            var result = await QueryAsync($"SELECT * FROM {dataset.Name}");
            Assert.Empty(result.Rows);
            Assert.Equal(dataset.Columns.Length + (dataset.IsByInstrument ? 1 : 0), result.Columns.Count);
        }
    }

    [Fact]
    public async Task Query_FilesMergedMeanwhile_IsAnsweredFromTheNewOnes()
    {
        _folder.Options.MergeFiles = 2;
        var facts = SyntheticMarket.Facts(40);
        await using var sink = _folder.Sink();
        await _folder.FeedAsync(sink, RecordedMarket.Partition, facts, batch: 8);

        Assert.Equal(40L * SyntheticMarket.TradesPerFact, (await QueryAsync("SELECT count(*) FROM trades")).Rows[0][0]);
    }

    [Theory]
    [InlineData("SELECT * FROM read_text('/etc/passwd')", "table function read_text is not allowed")]
    [InlineData("SELECT * FROM '/etc/passwd'", "/etc/passwd does not exist")]
    [InlineData("SELECT * FROM '/etc/hosts.csv'", "can read the views of the history only")]
    [InlineData("SELECT (SELECT content FROM read_blob('/proc/self/environ'))", "table function read_blob is not allowed")]
    [InlineData("WITH a AS (SELECT * FROM glob('/**')) SELECT * FROM a", "table function glob is not allowed")]
    [InlineData("SELECT * FROM trades WHERE trade_id IN (SELECT size FROM read_blob('/etc/passwd'))", "table function read_blob is not allowed")]
    [InlineData("SELECT * FROM query('SELECT 1')", "table function query is not allowed")]
    [InlineData("SELECT * FROM query_table('trades')", "table function query_table is not allowed")]
    [InlineData("SELECT * FROM enable_logging(storage = 'file', storage_path = '/tmp/x')", "table function enable_logging is not allowed")]
    [InlineData("SELECT write_log('x')", "function write_log is not allowed")]
    [InlineData("COPY trades TO '/tmp/x.csv'", "only SELECT statements are allowed")]
    [InlineData("COPY (SELECT 1) TO '/tmp/x.csv'", "only SELECT statements are allowed")]
    [InlineData("ATTACH '/tmp/x.db'", "only SELECT statements are allowed")]
    [InlineData("INSTALL httpfs", "only SELECT statements are allowed")]
    [InlineData("LOAD '/tmp/x.so'", "only SELECT statements are allowed")]
    [InlineData("SET enable_external_access = true", "only SELECT statements are allowed")]
    [InlineData("CALL enable_logging()", "only SELECT statements are allowed")]
    [InlineData("PRAGMA database_list", "only SELECT statements are allowed")]
    [InlineData("CREATE TABLE x AS SELECT 1", "only SELECT statements are allowed")]
    [InlineData("CREATE OR REPLACE VIEW trades AS SELECT 1", "only SELECT statements are allowed")]
    [InlineData("DROP VIEW trades", "only SELECT statements are allowed")]
    [InlineData("INSERT INTO trades VALUES (1)", "only SELECT statements are allowed")]
    [InlineData("DELETE FROM trades", "only SELECT statements are allowed")]
    [InlineData("EXPORT DATABASE '/tmp/x'", "only SELECT statements are allowed")]
    [InlineData("CHECKPOINT", "only SELECT statements are allowed")]
    [InlineData("EXPLAIN ANALYZE SELECT 1", "only SELECT statements are allowed")]
    [InlineData("SELECT 1; SELECT 2", "the query has 2 statements: give one SELECT")]
    [InlineData("SELECT 1; DROP VIEW trades", "only SELECT statements are allowed")]
    [InlineData("SELECT '1') ; COPY trades TO '/tmp/x.csv", "not valid SQL")]
    [InlineData("", "the query has 0 statements")]
    [InlineData("SELECT FROM", "not valid SQL")]
    [InlineData("SELECT * FROM ledger", "Table with name ledger does not exist")]
    [InlineData("SELECT nothing FROM trades", "\"nothing\" not found")]
    public async Task Query_AnythingButASelectOverTheViews_IsRefusedInOneLine(string sql, string expected)
    {
        await StoreAsync(SyntheticMarket.Facts(3));

        var e = await Assert.ThrowsAsync<HistoryException>(() => QueryAsync(sql));

        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public async Task Query_LongerThanAllowed_IsStopped()
    {
        await StoreAsync([]);
        var database = new HistoryDatabase(_folder.Path, QueryLimits.Default with { Timeout = TimeSpan.FromSeconds(0.2) }, TimeProvider.System);

        var e = await Assert.ThrowsAsync<HistoryException>(() => database.QueryAsync(
            "SELECT sum(a.range * b.range % 7) FROM range(10000000) a, range(10000000) b", TestContext.Current.CancellationToken));

        Assert.Contains("took longer than 0.2 s", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Query_MoreRowsOrMemoryThanAllowed_IsCutOrRefused()
    {
        await StoreAsync([]);
        var database = new HistoryDatabase(_folder.Path, QueryLimits.Default with { RowsMax = 5, MemoryMb = 64 }, TimeProvider.System);
        var cancel = TestContext.Current.CancellationToken;

        var cut = await database.QueryAsync("SELECT * FROM range(6)", cancel);
        Assert.Equal((5, true), (cut.Rows.Count, cut.IsTruncated));
        Assert.False((await database.QueryAsync("SELECT * FROM range(5)", cancel)).IsTruncated);
        var e = await Assert.ThrowsAsync<HistoryException>(() => database.QueryAsync(
            "SELECT count(*) FROM (SELECT DISTINCT range::VARCHAR || repeat('x', 100) FROM range(20000000))", cancel));
        Assert.Contains("needs more than 64 MiB", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Query_FolderWithoutHistory_SaysWhatToDo()
    {
        var database = new HistoryDatabase(Path.Combine(_folder.Path, "absent"), QueryLimits.Default, TimeProvider.System);
        var e = await Assert.ThrowsAsync<HistoryException>(() => database.QueryAsync("SELECT 1", TestContext.Current.CancellationToken));
        Assert.Contains("there is no history in", e.Message, StringComparison.Ordinal);
    }

    private async Task StoreAsync(IReadOnlyList<FactRecord> facts)
    {
        await using var sink = _folder.Sink();
        await _folder.FeedAsync(sink, RecordedMarket.Partition, facts, batch: 500);
    }

    private Task<QueryResult> QueryAsync(string sql) =>
        new HistoryDatabase(_folder.Path, QueryLimits.Default, TimeProvider.System).QueryAsync(sql, TestContext.Current.CancellationToken);
}
