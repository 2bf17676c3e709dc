using System.CommandLine;
using System.Text.Json;
using BtcAgent.Contracts.Wire;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.Orders;
using BtcAgent.History.Files;
using BtcAgent.History.Log;
using BtcAgent.History.Sinks;
using BtcAgent.Storage.Objects;
using Microsoft.Extensions.Logging.Abstractions;

namespace BtcAgent.Cli.Tests.Histories;

public sealed class HistoryCommandTests : IAsyncLifetime
{
    private const string Sum = "SELECT count(*) AS n, sum(quantity) AS q, max(event_time) AS last FROM fills";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-cli-history-");

    /// <summary>Three fills, as an agent with this data folder leaves them.</summary>
    public async ValueTask InitializeAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var store = new FolderObjectStore(Directory.CreateDirectory(Path.Combine(_folder.FullName, "history")).FullName);
        await using var sink = new ParquetSink(store, new ParquetOptions(), [], TimeProvider.System, NullLogger<ParquetSink>.Instance);
        await sink.OpenAsync(cancel);
        List<FactRecord> facts = [.. Enumerable.Range(1, 3).Select(i => Record(i - 1, new FillFact(new Fill
        {
            TradeId = $"t{i}",
            ClientOrderId = "c",
            Portfolio = "main",
            Instrument = InstrumentId.Parse("BINANCE:BTCUSDT"),
            Side = Side.Buy,
            Price = Price.Parse("60000.5"),
            Quantity = Quantity.Parse($"0.0000000{i}"),
            Fee = 0.1m,
            FeeAsset = "USDT",
            IsMaker = false,
            EventTime = Timestamp.FromUnixMilliseconds(1_795_910_400_000 + i),
        })))];
        await sink.WriteAsync(new FactBatch(new LogPartition("local-test", FactTopic.Executions, 0), 0, 3, facts), cancel);
        await sink.FlushAsync(everything: true, cancel);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("--server Host=127.0.0.1;Username=a;Password=hunter2", "--server has a password, which every user of this machine can see")]
    [InlineData("--server nonsense", "the PostgreSQL connection string cannot be read")]
    [InlineData("--server", "--server: give Host=…;Database=…;Username=…, or set History__Timescale__ConnectionString")]
    [InlineData("--server Host=127.0.0.1 --password-file /nowhere", "--password-file: '/nowhere' is not a file")]
    [InlineData("--password-file /nowhere", "--password-file is for --server")]
    [InlineData("--store folder", "--store: 'folder' is not s3://BUCKET[/PREFIX]; a folder is --data")]
    [InlineData("--endpoint http://127.0.0.1:1", "--endpoint needs --store s3://BUCKET[/PREFIX]")]
    public void Query_WrongPlace_IsAUsageErrorWithoutTheSecret(string options, string expected)
    {
        var (code, _, error) = Run(["query", "SELECT 1", .. options.Split(' ')]);
        Assert.Equal(2, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Query_ServerThatIsAway_IsOneLine()
    {
        var password = Path.Combine(_folder.FullName, "password");
        File.WriteAllText(password, "hunter2\n");
        var (code, _, error) = Run("query", "SELECT 1", "--server", "Host=127.0.0.1;Port=1;Username=a", "--password-file", password);
        Assert.Equal(1, code);
        Assert.StartsWith("btcagent: PostgreSQL at 127.0.0.1:1 does not answer", error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Query_Select_PrintsJsonCsvAndATable()
    {
        var (code, json, _) = Run("query", Sum, "--data", _folder.FullName, "--json");
        Assert.Equal(0, code);
        var row = JsonDocument.Parse(json).RootElement.GetProperty("rows")[0];
        Assert.Equal("""{"n":3,"q":0.00000006,"last":"2026-11-29T00:00:00.003000Z"}""", JsonSerializer.Serialize(row));

        Assert.Equal("n,q,last\r\n3,0.00000006,2026-11-29T00:00:00.003000Z\r\n", Run("query", Sum, "--data", _folder.FullName, "--csv").Output);
        Assert.Contains("0.00000006", Run("query", Sum, "--data", Path.Combine(_folder.FullName, "history")).Output, StringComparison.Ordinal);
        Assert.Contains("only the first 2 rows", Run("query", "SELECT * FROM fills", "--data", _folder.FullName, "--max-rows", "2").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "the table function read_text is not allowed", "query", "SELECT * FROM read_text('/etc/passwd')")]
    [InlineData(1, "only SELECT statements are allowed", "query", "DELETE FROM fills")]
    [InlineData(1, "there is no data set 'ledger'", "data", "export", "ledger", "--out", "x.csv")]
    [InlineData(1, "unknown ending", "data", "export", "fills", "--out", "x.xls")]
    [InlineData(2, "'yesterday' is not a time", "data", "export", "fills", "--out", "x.csv", "--from", "yesterday")]
    [InlineData(2, "--from 2026-11-29 is not before --to 2026-11-28", "data", "export", "fills", "--out", "x.csv", "--from", "2026-11-29", "--to", "2026-11-28")]
    [InlineData(2, "--from 2026-11-29 is not before --to 2026-11-29", "data", "export", "fills", "--out", "x.csv", "--from", "2026-11-29", "--to", "2026-11-29")]
    [InlineData(2, "--timeout is 0", "query", "SELECT 1", "--timeout", "0")]
    public void AnyCommand_BadInput_IsOneLine(int expected, string message, params string[] command)
    {
        var (code, output, error) = Run([.. command, "--data", _folder.FullName]);

        Assert.Equal(expected, code);
        Assert.Contains(message, Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal("", output);
    }

    [Fact]
    public void Query_ControlCharactersInData_AreEscapedForATerminalAndExactElsewhere()
    {
        const string Sql = "SELECT 'a' || chr(27) || '[2J' || chr(10) || chr(8238) || 'b' AS x";

        var table = Run("query", Sql, "--data", _folder.FullName).Output;
        Assert.Contains(@"a\u001b[2J\u000a\u202eb", table, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', table);
        Assert.Equal("x\r\n\"a\u001b[2J\n\u202eb\"\r\n", Run("query", Sql, "--data", _folder.FullName, "--csv").Output);
        var json = JsonDocument.Parse(Run("query", Sql, "--data", _folder.FullName, "--json").Output).RootElement;
        Assert.Equal("a\u001b[2J\n\u202eb", json.GetProperty("rows")[0].GetProperty("x").GetString());
    }

    [Fact]
    public void AnyCommand_FolderWithoutHistory_SaysWhatToDo()
    {
        var (code, _, error) = Run("data", "list", "--data", Path.Combine(_folder.FullName, "nowhere"));
        Assert.Equal(1, code);
        Assert.Contains("there is no history in", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_ListCheckExport_WorkOnTheHistory()
    {
        var listed = JsonDocument.Parse(Run("data", "list", "--data", _folder.FullName, "--json").Output).RootElement.GetProperty("datasets");
        Assert.Equal(3, listed.EnumerateArray().Single(dataset => dataset.GetProperty("name").GetString() == "fills").GetProperty("rows").GetInt64());
        Assert.Contains("fills", Run("data", "list", "--data", _folder.FullName).Output, StringComparison.Ordinal);
        var exported = Path.Combine(_folder.FullName, "fills.csv");
        Assert.Contains("3 rows of fills", Run("data", "export", "fills", "--data", _folder.FullName, "--out", exported).Output, StringComparison.Ordinal);
        Assert.Equal(4, File.ReadAllLines(exported).Length);

        Assert.Contains("0 damaged", Run("data", "check", "--data", _folder.FullName).Output, StringComparison.Ordinal);
        var file = Directory.GetFiles(_folder.FullName, "*.parquet", SearchOption.AllDirectories).Single();
        File.WriteAllText(file, "damage");
        var (code, output, _) = Run("data", "check", "--data", _folder.FullName);
        Assert.Equal(1, code);
        Assert.Contains(Path.GetFileName(file), output.ReplaceLineEndings(""), StringComparison.Ordinal);
    }

    private static FactRecord Record(long offset, Fact fact)
    {
        var message = FactMessages.Of(fact);
        return new FactRecord(offset, fact.Time, message.Key, FactMessages.Read(message.Topic, message.Payload));
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = CommandTree.Invoke(arguments, new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
