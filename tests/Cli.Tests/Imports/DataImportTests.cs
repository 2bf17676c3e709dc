using System.CommandLine;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using BtcAgent.Cli.Imports;
using BtcAgent.Domain.MarketData;
using BtcAgent.Exchanges.Binance.Tapes;
using BtcAgent.History.Imports;
using BtcAgent.Research.Archives;
using BtcAgent.Storage.Embedded;
using BtcAgent.Testing;
using DuckDB.NET.Data;

namespace BtcAgent.Cli.Tests.Imports;

public sealed class DataImportTests : IDisposable
{
    private const string Kline = "{0},100.5,101,100,100.75,2.5,{1},251.875,7,1.25,125.9,0";
    private const long Start = 1_704_067_200_000; // 2024-01-01 00:00:00 UTC
    private static readonly InstrumentId Instrument = InstrumentId.Parse("BINANCE:BTCUSDT");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-import-");

    private string Data => Path.Combine(_folder.FullName, "data");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Import_RecordedTrades_StoresEachOnce()
    {
        var trades = RecordedTrades();
        var zip = Zip("BTCUSDT-trades-2024-08.zip", TradesCsv(trades, "is_best_match"));
        Assert.Equal((trades.Length, 0), Stored(Import(zip)));
        Assert.Equal((19_904, trades.Sum(trade => trade.Quantity.Units), trades.Sum(trade => trade.Price.Units)), Total());

        Assert.Equal((0, trades.Length), Stored(Import(zip)));
        Assert.Equal((0, trades.Length), Stored(Import(Gzip("the-same.csv.gz", TradesCsv(trades, "is_best_match")))));
        Assert.Equal((19_904, trades.Sum(trade => trade.Quantity.Units), trades.Sum(trade => trade.Price.Units)), Total());
    }

    [Fact]
    public void Import_OverlappingFile_AddsOnlyTheMissing()
    {
        var trades = RecordedTrades();
        var two = new[] { Write("a.csv", TradesCsv(trades[..12_000], "")), Write("b.csv", TradesCsv(trades[8_000..], "is_best_match")) };
        using var json = Import(two);
        Assert.Equal([(12_000, 0), (7_904, 4_000)], json.RootElement.GetProperty("files").EnumerateArray().Select(
            file => (file.GetProperty("stored").GetInt32(), file.GetProperty("alreadyStored").GetInt32())));
        Assert.Equal(19_904, Total().Count);
    }

    [Fact]
    public async Task Import_Interrupted_ContinuesWhereItWasStored()
    {
        var trades = RecordedTrades();
        var path = Write("a.csv", TradesCsv(trades, ""));
        Directory.CreateDirectory(Data);
        using var interrupt = new CancellationTokenSource();
        await using (var history = new HistoryImport(Path.Combine(Data, "history"), new CountedTime(7, interrupt.Cancel), rowsWaiting: 1_000))
        {
            await history.OpenAsync(default);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => NewImport(history).ImportAsync(new ArchiveImportFile(path, ArchiveKind.Trades, Instrument), interrupt.Token));
        }

        var (stored, known) = Stored(Import(path));
        Assert.InRange(known, 1, 19_903);
        Assert.Equal(19_904, stored + known);
        Assert.Equal((19_904, trades.Sum(trade => trade.Quantity.Units)), (Total().Count, Total().Quantity));

        FileImport NewImport(HistoryImport into) => new(
            into, Instrument, new ImportPolicy(ImportChoice.Keep, ImportChoice.Refuse, ImportChoice.Keep, ImportChoice.Keep), TimeProvider.System);
    }

    [Theory]
    [InlineData(1, "")]
    [InlineData(1_000, "")]
    [InlineData(1_000_000, "")]
    [InlineData(1, "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n")]
    public void Import_KlinesOfAnyUnit_AreExact(int perMillisecond, string header)
    {
        using var json = Import(Write("k.csv", header + Klines(perMillisecond, 0, 1, 2)));
        Assert.Equal("Klines", json.RootElement.GetProperty("files")[0].GetProperty("kind").GetString());
        Assert.Equal(
            [(Start, 60_000L, 10_050_000_000L, 250_000_000L, 125_000_000L, 251.875m, 7L)],
            Query("""
                SELECT epoch_ms(min(open_time)), min(interval_ms), max(open_e8), max(volume_e8), max(buy_volume_e8), max(quote_volume), max(trade_count)
                FROM read_parquet('{0}/dataset=bars/**/*.parquet')
                """, row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetDecimal(5), row.GetInt64(6))));
    }

    [Fact]
    public void Import_IrregularKlines_AreReportedWithLinesAndKept()
    {
        var csv = Klines(1, 0, 1, 5, 3) + "\n" + string.Format(CultureInfo.InvariantCulture, Kline, Start + 630_000, Start + 689_999) + "\n"
            + Klines(1, 12).Replace(",7,", ",0,", StringComparison.Ordinal);
        using var json = Import(Write("k.csv", csv));
        Assert.Equal(
            [
                "3 gaps, 8 bars missing (lines 3, 5, 6); kept",
                "1 rows earlier than a row before (lines 4); kept",
                "1 bars off the grid of their interval (lines 5); kept",
                "1 bars without a trade, as in an outage (lines 6); kept",
            ],
            json.RootElement.GetProperty("files")[0].GetProperty("findings").EnumerateArray().Select(finding => finding.GetString()));
    }

    [Theory]
    [InlineData("--on-gap refuse", "k.csv, line 3: 3 bars are missing before the bar of 2024-01-01T00:05:00.0000000Z: --on-gap keep reads such files")]
    [InlineData("--on-disorder refuse", "k.csv, line 4: the bar of 2024-01-01T00:03:00.0000000Z is after")]
    [InlineData("", "k.csv, line 5: the bar of 2024-01-01T00:03:00.0000000Z was in the file before: --on-duplicate drop reads such files")]
    public void Import_RefusedRow_NamesTheLineAndStoresNothing(string options, string expected)
    {
        var (code, _, error) = Run([Write("k.csv", Klines(1, 0, 1, 5, 3, 3)), .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Data, "*.parquet", SearchOption.AllDirectories));
    }

    [Fact]
    public void Import_DroppedRows_AreLeftOut()
    {
        using var json = Import(Write("k.csv", Klines(1, 0, 1, 5, 3, 3)), "--on-duplicate", "drop", "--on-disorder", "drop");
        Assert.Equal((3, 0), Stored(json));
        Assert.Equal(
            ["1 gaps, 3 bars missing (lines 3); kept", "1 repeated rows (lines 5); left out", "1 rows earlier than a row before (lines 4); left out"],
            json.RootElement.GetProperty("files")[0].GetProperty("findings").EnumerateArray().Select(finding => finding.GetString()));
    }

    [Fact]
    public void Import_AggTrades_KeepIdsAndAreNotMixedWithTrades()
    {
        using var json = Import(Write("a.csv", "9,100.5,0.5,1,3,1704067200123456,true,true\n10,101,0.25,4,4,1704067200123999,false,true\n"));
        Assert.Equal(("AggTrades", (2, 0)), (json.RootElement.GetProperty("files")[0].GetProperty("kind").GetString(), Stored(json)));
        Assert.Equal(
            [(3L, "SELL", 1_704_067_200_123_456L), (4L, "BUY", 1_704_067_200_123_999L)],
            Query(
                "SELECT trade_id, aggressor, epoch_us(event_time) FROM read_parquet('{0}/dataset=trades/**/*.parquet') ORDER BY trade_id",
                row => (row.GetInt64(0), row.GetString(1), row.GetInt64(2))));

        var (code, _, error) = Run([Write("t.csv", "1,100.5,0.5,50.25,1704067200123,true,true\n")]);
        Assert.Equal(1, code);
        Assert.Contains("trades and aggTrades of one day would count each quantity twice", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,100.5,0.5,50.25,1704067200123,perhaps,perhaps\n", "its first rows are not klines, trades or aggTrades")]
    [InlineData("1,100.5,0.5,50.25,1704067200123,true,true\n2,abc,0.5,50.25,1704067200123,true,true\n", "line 2: price 'abc' is not a price above 0 with at most 8 decimals")]
    [InlineData("1,100.5,0.5,50.25,1704067200123,true,true\n2,100.5\n", "line 2: 2 columns: column 5, time, is missing")]
    [InlineData("1,100.5,0.5,50.25,86400,true,true\n", "line 1: time '86400' is not a time in s, ms, µs or ns")]
    public void Import_BadRow_SaysFileLineAndValue(string csv, string expected)
    {
        var (code, _, error) = Run([Write("bad.csv", csv)]);
        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_AgentRuns_SaysToStopIt()
    {
        using var held = DataFolder.Open(Data);
        var (code, _, error) = Run([Write("k.csv", Klines(1, 0))]);
        Assert.Equal(3, code);
        Assert.Contains("another BtcAgent uses the data folder", error, StringComparison.Ordinal);
    }

    private static MarketEvent[] RecordedTrades() => [.. DecodedTape.Load(
        Instrument, [RecordedData.Require("ws-spot-2024/spot_btcusdt_20240808.gz"), RecordedData.Require("ws-spot-2024/spot_btcusdt_20240809.gz")])
        .Events.Where(one => one.Kind == MarketEventKind.Trade).DistinctBy(one => one.LastId)];

    private static string TradesCsv(IEnumerable<MarketEvent> trades, string lastColumn)
    {
        var csv = new StringBuilder();
        foreach (var one in trades)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{one.LastId},{one.Price},{one.Quantity},0,{one.EventTime.UnixMilliseconds},{one.Aggressor == Side.Sell}");
            csv.Append(lastColumn.Length > 0 ? ",True\n" : "\n");
        }

        return csv.ToString();
    }

    private static string Klines(int perMillisecond, params int[] minutes) => string.Join('\n', minutes.Select(minute => string.Format(
        CultureInfo.InvariantCulture, Kline, (Start + (minute * 60_000L)) * perMillisecond, ((Start + (minute * 60_000L) + 60_000) * perMillisecond) - 1)));

    private (long Count, long Quantity, long Price) Total() => Assert.Single(Query(
        "SELECT count(*), sum(quantity_e8)::BIGINT, sum(price_e8)::BIGINT FROM read_parquet('{0}/dataset=trades/**/*.parquet')",
        row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2))));

    private List<T> Query<T>(string sql, Func<System.Data.Common.DbDataReader, T> read)
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SET TimeZone='UTC'";
        _ = command.ExecuteNonQuery();
        command.CommandText = string.Format(CultureInfo.InvariantCulture, sql, Path.Combine(Data, "history"));
        using var row = command.ExecuteReader();
        List<T> rows = [];
        while (row.Read())
        {
            rows.Add(read(row));
        }

        return rows;
    }

    private static (int Stored, int Known) Stored(JsonDocument json)
    {
        var file = Assert.Single(json.RootElement.GetProperty("files").EnumerateArray());
        return (file.GetProperty("stored").GetInt32(), file.GetProperty("alreadyStored").GetInt32());
    }

    private JsonDocument Import(params string[] arguments)
    {
        var (code, output, error) = Run([.. arguments, "--json"]);
        Assert.True(code == 0, error);
        return JsonDocument.Parse(output);
    }

    private (int Code, string Output, string Error) Run(string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = CommandTree.Invoke(["data", "import", .. arguments, "--into", Data], new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private string Gzip(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        using var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        gzip.Write(Encoding.UTF8.GetBytes(text));
        return path;
    }

    private string Zip(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        using var entry = zip.CreateEntry(Path.ChangeExtension(name, ".csv")).Open();
        entry.Write(Encoding.UTF8.GetBytes(text));
        return path;
    }

    /// <summary>Acts at the given reading of the clock: the sink reads it with each write.</summary>
    private sealed class CountedTime(int reading, Action act) : TimeProvider
    {
        private int _readings;

        public override DateTimeOffset GetUtcNow()
        {
            if (Interlocked.Increment(ref _readings) == reading)
            {
                act();
            }

            return DateTimeOffset.UnixEpoch;
        }
    }
}
