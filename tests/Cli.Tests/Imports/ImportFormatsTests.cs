using System.Globalization;
using System.IO.Compression;
using System.Text;
using BtcAgent.Testing;

namespace BtcAgent.Cli.Tests.Imports;

public sealed class ImportFormatsTests : IDisposable
{
    private const long Start = 1_704_067_200_000; // 2024-01-01 00:00:00 UTC
    private const string Bars = """
        Date;Volume BTC;Close;Open;Low;High
        2024-01-01 00:05:00;1,5;104;103;102,5;105
        2024-01-01 00:01:00;2,5;101,5;101;100;102,25
        2024-01-01 00:00:00;3;101;100;99;101,5
        """;

    private readonly ImportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Import_RecordedTapes_StoresEachTradeAndQuoteOnceHoweverTheyArePacked()
    {
        string[] tapes = [RecordedData.Require("ws-spot-2024/spot_btcusdt_20240808.gz"), RecordedData.Require("ws-spot-2024/spot_btcusdt_20240809.gz")];
        var rows = 0;
        foreach (var tape in tapes)
        {
            var (kind, stored, known, _) = _folder.Import(tape);
            Assert.Equal(("Tape", 0), (kind, known));
            rows += stored;
        }

        var trades = _folder.Trades();
        Assert.Equal((19_904, 73_174, 19_904 + 73_174), (Count("trades", "trade_id"), Count("quotes", "update_id"), rows));
        Assert.Equal(0, _folder.Import(tapes[0]).Stored);
        var (_, again, all, _) = _folder.Import(_folder.Gzip("repacked.gz", Unpacked(tapes[1])));
        Assert.Equal(0, again);
        Assert.True(all > 0);
        Assert.Equal(trades, _folder.Trades());
    }

    [Fact]
    public void Import_TapeWithGapRepeatAndDisorder_ReportsLinesAndKeepsTheReceiveTime()
    {
        var tape = _folder.Gzip("t.gz", string.Join('\n',
            Trade(1, 10), Quote(2, 500), Trade(3, 12), Trade(4, 12), Trade(5, 11), Quote(6, 502), Quote(7, 502), "1 nonsense", Trade(9, 13), ""));
        Assert.Contains("t.gz, line 4: trade 12 was in the file before: --on-duplicate drop reads such files", _folder.Refused(tape), StringComparison.Ordinal);
        Assert.Contains("t.gz, line 3: 1 trades are missing before trade 12: --on-gap keep reads such files", _folder.Refused(tape, "--on-gap", "refuse"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.Data, "history", "dataset=trades", "instrument=BINANCE_BTCUSDT")));

        var (_, stored, _, findings) = _folder.Import(tape, "--on-duplicate", "drop");
        Assert.Equal(6, stored);
        Assert.Contains("1 gaps, 1 trades missing (lines 3); kept", findings);
        Assert.Contains("1 repeated rows (lines 4); left out", findings);
        Assert.Contains("1 rows earlier than a row before (lines 5); kept", findings);
        Assert.Contains("1 repeated quotes (lines 7); left out", findings);
        Assert.Contains(findings, finding => finding.Contains("t.gz line 8", StringComparison.Ordinal));
        Assert.Equal(
            [(10L, "SELL", (Start + 1) * 1_000_000 + 250), (11L, "SELL", (Start + 5) * 1_000_000 + 250)],
            _folder.Query(
                "SELECT trade_id, aggressor, epoch_us(receive_time) * 1000 + receive_nanos FROM read_parquet('{0}/dataset=trades/**/*.parquet') WHERE trade_id < 12 ORDER BY 1",
                row => (row.GetInt64(0), row.GetString(1), row.GetInt64(2))));
    }

    [Fact]
    public void Import_TapeOfAnotherInstrumentFirst_ThenOfItsOwn_StoresIt()
    {
        var tape = _folder.Gzip("t.gz", Trade(1, 10) + "\n");
        Assert.Contains("only of BTCUSDT (1 frames): name one with --instrument", _folder.Refused(tape, "--instrument", "BINANCE:ETHUSDT"), StringComparison.Ordinal);
        Assert.Equal(1, _folder.Import(tape).Stored);
    }

    [Fact]
    public void Import_ArchiveThenTapeOfTheSameDay_AddsOnlyTheQuotes()
    {
        Assert.Equal(2, _folder.Import(_folder.Write("t.csv", "10,60000.5,0.25,0,1704067200001,true,true\n11,60000.5,0.25,0,1704067200002,true,true\n")).Stored);
        var (_, stored, known, _) = _folder.Import(_folder.Gzip("t.gz", string.Join('\n', Trade(1, 10), Trade(2, 11), Quote(3, 500))));
        Assert.Equal((1, 2), (stored, known));
    }

    [Theory]
    [InlineData("trades", "10,60000.5,0.25,0,1704067200001,true,true\n11,60000.12345678,0.00000001,0,1704067200002000,false,true\n")]
    [InlineData("bars", "1704067200000,100.5,101,100,100.75,2.5,1704067259999,251.875,7,1.25,125.9,0\n1704067260000,100.5,101,100,100.75,2.5,1704067319999,251.875,0,1.25,125.9,0\n")]
    public void Import_OwnParquetExport_GivesTheSameRows(string dataset, string archive)
    {
        Assert.Equal(2, _folder.Import(_folder.Write("a.csv", archive)).Stored);
        var exported = _folder.PathOf("a.parquet");
        Assert.Equal(0, ImportFolder.Run(["data", "export", dataset, "--data", _folder.Data, "--out", exported]).Code);

        using var other = new ImportFolder();
        Assert.Equal(("Parquet", 2, 0), (other.Import(exported) is var first ? first.Kind : "", first.Stored, first.Known));
        Assert.Equal((0, 2), (other.Import(exported) is var again ? again.Stored : -1, again.Known));
        const string Rows = "SELECT (COLUMNS(* EXCLUDE (sequence, fact_log, fact_offset, fact_row)))::VARCHAR FROM read_parquet('{0}/dataset=";
        var query = (dataset == "bars" ? Rows.Replace("sequence, ", "", StringComparison.Ordinal) : Rows) + dataset + "/**/*.parquet') ORDER BY ALL";
        Assert.Equal(_folder.Query(query, Values), other.Query(query, Values));

        static string Values(System.Data.Common.DbDataReader row) =>
            string.Join('|', Enumerable.Range(0, row.FieldCount).Select(i => row.IsDBNull(i) ? "-" : row.GetString(i)));
    }

    [Theory]
    [InlineData("42::UBIGINT AS id, 1704067200123456::BIGINT AS timestamp, 'sell' AS side, 60000.1::DOUBLE AS price, 0.1::FLOAT AS amount, 'BTC/USDT' AS symbol", "")]
    [InlineData("42 AS ID, TIMESTAMP '2024-01-01 00:00:00.123456' AS Time, true AS is_buyer_maker, '60000.10' AS Price, 0.1::DECIMAL(38,24) AS Qty", "")]
    [InlineData("42 AS nr, TIMESTAMPTZ '2024-01-01 01:00:00.123456+01' AS t, 'SELL' AS aggressor, 60000.1::DECIMAL(18,8) AS p, 0.1 AS quantity", "--columns id=nr time=t price=p")]
    public void Import_ParquetOfAnotherTool_ReadsItsColumns(string columns, string options)
    {
        var file = _folder.Parquet("o.parquet", $"SELECT {columns}");
        Assert.Equal(1, _folder.Import([file, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]).Stored);
        Assert.Equal(
            [(42L, 6_000_010_000_000L, 10_000_000L, "SELL", 1_704_067_200_123_456L)],
            _folder.Query(
                "SELECT trade_id, price_e8, quantity_e8, aggressor, epoch_us(event_time) FROM read_parquet('{0}/dataset=trades/**/*.parquet')",
                row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetString(3), row.GetInt64(4))));
    }

    [Theory]
    [InlineData("SELECT 1 AS id, 1704067200123 AS time, 60000.123456789 AS price, 1 AS qty", "o.parquet, row 1: price '60000.123456789' is not a price above 0 with at most 8 decimals")]
    [InlineData("SELECT 1 AS id, 86400 AS time, 1.5 AS price, 1 AS qty", "o.parquet, row 1: time '86400' is not a time of the years 2009 to 2200")]
    [InlineData("SELECT 1704067200123 AS time, 1.5 AS price, 1 AS qty", "to import it as trades it needs id; name them as in --columns id=NAME")]
    [InlineData("SELECT 1 AS id, 1704067200123 AS time, 1.5 AS price, 1 AS qty, 'ETHUSDT' AS symbol", "has no row of BINANCE:BTCUSDT, only of ETHUSDT (1): name one with --instrument")]
    [InlineData("SELECT i AS id, 1704067200123 AS time, 1.5 AS price, 1 AS qty FROM (VALUES (1), (2), (2)) AS t(i)", "o.parquet, row 3: trade 2 was in the file before: --on-duplicate drop reads such files")]
    public void Import_ParquetThatIsRefused_SaysRowAndValue(string select, string expected)
    {
        Assert.Contains(expected, _folder.Refused(_folder.Parquet("o.parquet", select)), StringComparison.Ordinal);
        Assert.Contains("it needs", _folder.Refused(_folder.Parquet("p.parquet", "SELECT 1 AS x")), StringComparison.Ordinal);
    }

    [Fact]
    public void Import_DamagedParquet_SaysSo()
    {
        var path = _folder.Parquet("o.parquet", "SELECT 1 AS id, 1704067200123 AS time, 1.5 AS price, 1 AS qty");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^20]);
        Assert.Contains("the file is not readable as Parquet", _folder.Refused(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Import_FreeBarsNewestFirst_AreStoredWithTheirIntervalAndWithoutInventedCounts()
    {
        var (kind, stored, _, findings) = _folder.Import(_folder.Gzip("b.csv.gz", Bars), "--instrument", "KRAKEN:BTCEUR");
        Assert.Equal(("Bars", 3), (kind, stored));
        Assert.Contains("1 gaps, 3 bars missing (lines 2); kept", findings);
        Assert.Contains("the rows are newest first: they are read from the end", findings);
        Assert.Equal(
            [(Start, 60_000L, 10_000_000_000L, 10_150_000_000L, 9_900_000_000L, 10_100_000_000L, 300_000_000L)],
            _folder.Query(
                """
                SELECT epoch_ms(open_time), interval_ms, open_e8, high_e8, low_e8, close_e8, volume_e8 FROM read_parquet('{0}/dataset=bars/**/*.parquet')
                WHERE buy_volume_e8 IS NULL AND quote_volume IS NULL AND trade_count IS NULL ORDER BY 1 LIMIT 1
                """,
                row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6))));

        var ascending = string.Join('\n', Bars.Split('\n').Take(1).Concat(Enumerable.Reverse(Bars.Split('\n').Skip(1))));
        Assert.Equal((0, 3), (_folder.Import(_folder.Write("c.csv", ascending), "--instrument", "KRAKEN:BTCEUR") is var again ? again.Stored : -1, again.Known));
        Assert.Contains("c.csv, line 4: 3 bars are missing before the bar of 2024-01-01T00:05:00", _folder.Refused(_folder.PathOf("c.csv"), "--on-gap", "refuse"), StringComparison.Ordinal);
    }

    [Fact]
    public void Import_FreeBarsOfTheMinutesOfAnArchive_AddNothing()
    {
        Assert.Equal(1, _folder.Import(_folder.Write("k.csv", "1704067200000,100.5,101,100,100.75,2.5,1704067259999,251.875,7,1.25,125.9,0\n")).Stored);
        Assert.Equal((2, 1), (_folder.Import(_folder.Write("b.csv", Bars)) is var bars ? bars.Stored : -1, bars.Known));
    }

    [Theory]
    [InlineData("", "b.csv, line 4: the bar of 2024-01-01T00:02:00.0000000Z was in the file before: --on-duplicate drop reads such files")]
    [InlineData("--on-duplicate drop --on-disorder refuse", "b.csv, line 5: the bar of 2024-01-01T00:00:00.0000000Z is after")]
    [InlineData("--on-duplicate drop --on-irregular refuse", "b.csv, line 6: the bar of 2024-01-01T00:03:00.0000000Z is off the grid of its interval, or cut short by the next one")]
    public void Import_IrregularFreeBars_AreJudgedByThePolicies(string options, string expected)
    {
        int[] seconds = [60, 120, 120, 0, 180, 210, 240, 300, 360];
        var path = _folder.Write("b.csv", string.Join('\n', seconds.Select(Bar).Prepend("time,open,high,low,close,volume")));
        Assert.Contains(expected, _folder.Refused([path, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.Data, "history", "dataset=bars", "instrument=BINANCE_BTCUSDT")));
    }

    [Fact]
    public void Import_ParquetOfBarsWithoutInterval_FindsIt()
    {
        var file = _folder.Parquet(
            "b.parquet",
            "SELECT TIMESTAMP '2024-01-01' + INTERVAL (i) DAY AS date, 1.5 AS open, 2.5 AS high, 1.25 AS low, 2 AS close, 7 AS volume FROM range(3) t(i)");
        Assert.Equal(3, _folder.Import(file).Stored);
        Assert.Equal(
            [(86_400_000L, 3L, 3L)],
            _folder.Query(
                "SELECT min(interval_ms), count(*), count(*) FILTER (event_time = open_time + INTERVAL 1 DAY) FROM read_parquet('{0}/dataset=bars/**/*.parquet')",
                row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2))));
    }

    private long Count(string dataset, string id) => Assert.Single(_folder.Query(
        $"SELECT count(DISTINCT {id}) FROM read_parquet('{{0}}/dataset={dataset}/**/*.parquet')", row => row.GetInt64(0)));

    private static string Bar(int seconds) => FormattableString.Invariant($"{(Start / 1_000) + seconds},100,101,99,100.5,1");

    private static string Trade(int millisecond, long id) => string.Create(CultureInfo.InvariantCulture, $$$"""
        {{{(Start + millisecond) * 1_000_000 + 250}}} {"stream":"btcusdt@trade","data":{"e":"trade","E":{{{Start + millisecond}}},"s":"BTCUSDT","t":{{{id}}},"p":"60000.50000000","q":"0.25000000","T":{{{Start + millisecond}}},"m":true,"M":true}}
        """);

    private static string Quote(int millisecond, long id) => string.Create(CultureInfo.InvariantCulture, $$$"""
        {{{(Start + millisecond) * 1_000_000}}} {"stream":"btcusdt@bookTicker","data":{"u":{{{id}}},"s":"BTCUSDT","b":"60000.00000000","B":"1.00000000","a":"60001.00000000","A":"2.00000000"}}
        """);

    private static string Unpacked(string path)
    {
        using var text = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress), Encoding.UTF8);
        return text.ReadToEnd();
    }
}
