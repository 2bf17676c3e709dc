using BtcAgent.History.Queries;
using BtcAgent.History.Tests.Files;
using BtcAgent.Storage.Objects;

namespace BtcAgent.History.Tests.Queries;

public sealed class HistoryCheckTests : IDisposable
{
    private readonly HistoryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_SoundHistory_HasNoProblem()
    {
        await StoreAsync();
        Assert.Empty(await CheckAsync());
    }

    [Fact]
    public async Task Run_DamagedMissingAndCutFiles_AreNamed()
    {
        await StoreAsync();
        var files = (await _folder.ManifestAsync("trades")).Files;
        await using (var file = new FileStream(PathOf(0), FileMode.Open))
        {
            file.Position = 50;
            file.WriteByte(99);
            file.WriteByte(98);
        }

        File.Delete(PathOf(1));
        await using (var file = new FileStream(PathOf(2), FileMode.Open))
        {
            file.SetLength(100);
        }

        var problems = await CheckAsync();

        Assert.Equal(3, problems.Count);
        Assert.StartsWith($"{files[0].Key}: its SHA-256 is ", problems[0], StringComparison.Ordinal);
        Assert.StartsWith($"{files[1].Key}: the file is missing", problems[1], StringComparison.Ordinal);
        Assert.StartsWith($"{files[2].Key}: it has 100 bytes instead of {files[2].Bytes}", problems[2], StringComparison.Ordinal);

        string PathOf(int i) => Path.Combine(_folder.Path, files[i].Key);
    }

    [Fact]
    public async Task Run_ManifestWithOtherRows_IsNamed()
    {
        await StoreAsync();
        var manifest = await _folder.ManifestAsync("trades");
        var changed = manifest with { Files = manifest.Files.SetItem(0, manifest.Files[0] with { Rows = 1 }) };
        await _folder.Store.PutBytesAsync(BtcAgent.History.Files.Manifest.KeyOf("trades"), changed.ToJson(), PutCondition.None, TestContext.Current.CancellationToken);

        Assert.Contains("rows instead of 1", Assert.Single(await CheckAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("out.csv")]
    [InlineData("out.parquet")]
    [InlineData("out.json")]
    public async Task Export_Range_HasItsRows(string name)
    {
        await StoreAsync();
        var files = await HistoryFiles.ReadAsync(_folder.Path, TestContext.Current.CancellationToken);
        var path = Path.Combine(_folder.Path, name);
        var from = new DateTimeOffset(2026, 11, 28, 23, 59, 58, TimeSpan.Zero);
        var expected = await new HistoryDatabase(_folder.Path, QueryLimits.Default, TimeProvider.System).QueryAsync(
            "SELECT count(*) FROM trades WHERE event_time >= TIMESTAMPTZ '2026-11-28 23:59:58+00' AND event_time < TIMESTAMPTZ '2026-11-29 00:00:03+00'",
            TestContext.Current.CancellationToken);

        var rows = await HistoryExport.RunAsync(files, files.Find("trades"), RecordedMarket.Instrument.Key, from, from.AddSeconds(5), path, TestContext.Current.CancellationToken);

        Assert.Equal(5L * SyntheticMarket.TradesPerFact, rows);
        Assert.Equal(expected.Rows[0][0], rows);
        using var session = new Sql.SqlSession(256, 1, null);
        using var command = session.Command($"SELECT count(*) FROM '{path}'");
        Assert.Equal(rows, command.ExecuteScalar());
        await Assert.ThrowsAsync<BtcAgent.History.Files.HistoryException>(
            () => HistoryExport.RunAsync(files, files.Find("trades"), null, null, null, path, TestContext.Current.CancellationToken));
    }

    private async Task StoreAsync()
    {
        _folder.Options.MergeFiles = 1_000;
        await using var sink = _folder.Sink();
        await _folder.FeedAsync(sink, RecordedMarket.Partition, SyntheticMarket.Facts(200), batch: 40);
    }

    private async Task<IReadOnlyList<string>> CheckAsync()
    {
        var files = await HistoryFiles.ReadAsync(_folder.Path, TestContext.Current.CancellationToken);
        return await HistoryCheck.RunAsync(files, files.Datasets, null, TestContext.Current.CancellationToken);
    }
}
