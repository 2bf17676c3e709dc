using BtcAgent.Domain.Facts;
using BtcAgent.History.Files;
using BtcAgent.History.Imports;
using BtcAgent.History.Queries;
using BtcAgent.History.Sinks;
using BtcAgent.History.Sql;
using BtcAgent.History.Tests.Sinks;
using BtcAgent.Storage.Objects;
using BtcAgent.Testing;
using Google.Protobuf;

namespace BtcAgent.History.Tests.Files;

/// <summary>A data set whose manifest is damaged or lost stops alone, and each tool names it.</summary>
public sealed class DamagedDatasetTests : IDisposable
{
    private const string Remedy = "put back a copy of that file, or move the folder 'dataset=trades' away";

    private readonly HistoryFolder _folder = new();
    private readonly MemoryFactLog _log = new(FactTopic.MarketData, RecordedMarket.Partition.Log);
    private readonly LineLogger<SinkRunner> _runnerLog = new();

    private string ManifestPath => Path.Combine(_folder.Path, Manifest.KeyOf("trades"));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_ManifestIsDamagedOrLost_StoresTheOtherDataSetsAndDeletesNothing(bool isDamaged)
    {
        var cancel = TestContext.Current.CancellationToken;
        await StoreAsync(10);
        var files = FilesOf("trades");
        Damage(isDamaged);
        await using var sink = _folder.Sink();
        await sink.OpenAsync(cancel);
        await sink.WriteAsync(new FactBatch(RecordedMarket.Partition, 10, 20, SyntheticMarket.Facts(20)[10..]), cancel);
        await sink.FlushAsync(everything: true, cancel);
        await sink.OpenAsync(cancel);

        Assert.Contains(Remedy, sink.Stall?.Problem, StringComparison.Ordinal);
        Assert.Contains(Remedy, Assert.Single(_folder.Log.Lines, line => line.Contains("data set trades", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains(Remedy, Assert.Single(sink.Datasets, dataset => dataset.Name == "trades").Problem, StringComparison.Ordinal);
        Assert.Equal(files, FilesOf("trades"));
        Assert.Equal(20L, (await _folder.QueryAsync("quotes", "count(DISTINCT fact_offset)"))[0]);
    }

    [Fact]
    public async Task Open_ManifestOfTheOnlyDataSetOfATopicIsDamaged_LeavesTheTopicOut()
    {
        await StoreAsync(1);
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, Manifest.KeyOf("bars")), "{", TestContext.Current.CancellationToken);
        await using var sink = _folder.Sink();
        await sink.OpenAsync(TestContext.Current.CancellationToken);

        Assert.DoesNotContain(FactTopic.Bars, sink.Topics);
        Assert.Contains(FactTopic.MarketData, sink.Topics);
    }

    [Fact]
    public async Task Run_ManifestIsPutBack_StoresWhatTheDataSetMissedAndNothingTwice()
    {
        await StoreAsync(10);
        var sound = await File.ReadAllBytesAsync(ManifestPath, TestContext.Current.CancellationToken);
        Damage(isDamaged: true);
        await RunAsync(20, async runner =>
        {
            await UntilAsync(() => OffsetsOfAsync("quotes", 20), "the quotes are stored");
            Assert.Contains(Remedy, runner.Status.Problem, StringComparison.Ordinal);
            Assert.True(runner.Status.LagSeconds > 0, "a data set that is stopped counts as lag");

            await File.WriteAllBytesAsync(ManifestPath, sound, TestContext.Current.CancellationToken);
            await UntilAsync(() => Task.FromResult(runner.Status.Problem is null), "the problem ends");
            await UntilAsync(() => OffsetsOfAsync("trades", 20), "the trades are stored");
        });
        Assert.Equal([100L, 100L], await _folder.QueryAsync("trades", "count(*), count(DISTINCT trade_id)"));
        Assert.Equal([100L, 100L], await _folder.QueryAsync("quotes", "count(*), count(DISTINCT update_id)"));
    }

    [Fact]
    public async Task Run_FolderIsMovedAway_BeginsAgainWithTheLogAndTheMovedFilesRemainReadable()
    {
        await StoreAsync(10);
        Damage(isDamaged: false);
        using var moved = new HistoryFolder();
        await RunAsync(20, async _ =>
        {
            await UntilAsync(() => OffsetsOfAsync("quotes", 20), "the quotes are stored");
            Directory.Move(Path.Combine(_folder.Path, "dataset=trades"), Path.Combine(moved.Path, "moved"));
            await UntilAsync(() => OffsetsOfAsync("trades", 20), "the trades are stored");
        });
        using var session = new SqlSession(256, 1, null);
        using var command = session.Command($"SELECT count(*) FROM read_parquet('{moved.Path}/moved/*/*/*.parquet')");
        Assert.Equal(50L, command.ExecuteScalar());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_ManifestIsDamagedOrLost_RefusesThisDataSetAlone(bool isDamaged)
    {
        var cancel = TestContext.Current.CancellationToken;
        await StoreAsync(10);
        Damage(isDamaged);
        var database = new HistoryDatabase(_folder.Path, QueryLimits.Default, TimeProvider.System);

        Assert.Equal(50L, (await database.QueryAsync("SELECT count(*) FROM quotes", cancel)).Rows[0][0]);
        Assert.Contains(
            Remedy, (await Assert.ThrowsAsync<HistoryException>(() => database.QueryAsync("SELECT count(*) FROM trades", cancel))).Message, StringComparison.Ordinal);
        using var reader = new HistoryReader(_folder.Path, 64);
        Assert.Equal(50, (await reader.ReadAsync(new() { Dataset = "quotes", Limit = 100 }, cancel)).Rows);
        Assert.Contains(
            Remedy, (await Assert.ThrowsAsync<IOException>(() => reader.ReadAsync(new() { Dataset = "trades", Limit = 1 }, cancel))).Message, StringComparison.Ordinal);
        var files = await HistoryFiles.ReadAsync(_folder.Path, cancel);
        var problem = Assert.Single(await HistoryCheck.RunAsync(files, files.Datasets, null, cancel));
        Assert.Contains(Remedy, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("backup", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_ManifestIsDamaged_IsRefusedBeforeItReadsAnything()
    {
        await StoreAsync(10);
        Damage(isDamaged: true);
        await using var import = new HistoryImport(_folder.Path, TimeProvider.System);
        await import.OpenAsync(TestContext.Current.CancellationToken);

        var e = await Assert.ThrowsAsync<SinkException>(() => import.CheckpointAsync("a", FactTopic.MarketData, TestContext.Current.CancellationToken));
        Assert.Contains(Remedy, e.Message, StringComparison.Ordinal);
        Assert.Equal(0, await import.CheckpointAsync("a", FactTopic.Bars, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("\"local-test/market_data/0\":10", "\"local-test/market_data/0\":-5", "the checkpoint of 'local-test/market_data/0' is -5")]
    [InlineData("dataset=trades/instrument", "dataset=trades/../../instrument", "dataset=trades/../../instrument=BINANCE_BTCUSDT")]
    [InlineData("dataset=trades/instrument", "/etc/instrument", "the file '/etc/instrument=BINANCE_BTCUSDT")]
    [InlineData("dataset=trades/instrument", "dataset=quotes/instrument", "is not in the data set's folder")]
    [InlineData(".parquet\"", ".parquet.part\"", "is not an object: '.part' is the ending of unfinished files")]
    [InlineData("\"bytes\":", "\"bytes\":9999999999999", "the offsets, rows, bytes or times of 'dataset=trades/")]
    [InlineData("\"dataset\":\"trades\"", "\"dataset\":\"quotes\"", "it is the manifest of 'quotes'")]
    [InlineData("\"sha256\":\"", "\"sha256\":\"0", "the SHA-256 of 'dataset=trades/")]
    [InlineData("\"firstOffset\":0", "\"firstOffset\":11", "the offsets, rows, bytes or times of 'dataset=trades/")]
    [InlineData("\"lost\":[]", "\"lost\":[{\"partition\":\"a\",\"from\":7,\"to\":3}]", "it has the gap")]
    [InlineData("\"lost\":[]", "\"lost\":null", "a list is null")]
    public async Task Read_ManifestWithAValueNoWriterHasPutThere_IsRefusedByName(string sound, string changed, string expected)
    {
        await StoreAsync(10);
        var json = await File.ReadAllTextAsync(ManifestPath, TestContext.Current.CancellationToken);
        Assert.Contains(sound, json, StringComparison.Ordinal);
        await File.WriteAllTextAsync(ManifestPath, json.Replace(sound, changed, StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var files = await HistoryFiles.ReadAsync(_folder.Path, TestContext.Current.CancellationToken);
        var problem = files.ProblemOf(files.Find("trades"));
        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.Contains(Remedy, problem, StringComparison.Ordinal);
    }

    private async Task StoreAsync(int facts)
    {
        await using var sink = _folder.Sink();
        await sink.OpenAsync(TestContext.Current.CancellationToken);
        await sink.WriteAsync(new FactBatch(RecordedMarket.Partition, 0, facts, SyntheticMarket.Facts(facts)), TestContext.Current.CancellationToken);
        await sink.FlushAsync(everything: true, TestContext.Current.CancellationToken);
    }

    private void Damage(bool isDamaged)
    {
        if (isDamaged)
        {
            File.WriteAllText(ManifestPath, "{\"version\":1,");
        }
        else
        {
            File.Delete(ManifestPath);
        }
    }

    private string[] FilesOf(string dataset) =>
        [.. Directory.GetFiles(Path.Combine(_folder.Path, $"dataset={dataset}"), "*.parquet", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <summary>Runs the sink over a log that has more facts than were stored, as an agent that goes on trading.</summary>
    private async Task RunAsync(int facts, Func<SinkRunner, Task> act)
    {
        foreach (var fact in SyntheticMarket.Facts(facts))
        {
            _log.Append(fact.Message.ToByteArray());
        }

        await using var sink = _folder.Sink();
        var runner = new SinkRunner(_log, sink, new SinkOptions(), _folder.Time, _runnerLog);
        using var stop = new CancellationTokenSource();
        var running = runner.RunAsync(stop.Token);
        await act(runner);
        await stop.CancelAsync();
        await running;
    }

    private async Task<bool> OffsetsOfAsync(string dataset, long count) =>
        await _folder.Store.ReadBytesAsync(Manifest.KeyOf(dataset), TestContext.Current.CancellationToken) is { } json
        && json.Length > 100
        && Manifest.Read(Manifest.KeyOf(dataset), json).Checkpoints.Values.Contains(count);

    private Task UntilAsync(Func<Task<bool>> condition, string what) => Eventually.TrueAsync(
        what,
        () =>
        {
            _folder.Time.Advance(TimeSpan.FromSeconds(31));
            return condition();
        },
        TimeSpan.FromSeconds(60));
}
