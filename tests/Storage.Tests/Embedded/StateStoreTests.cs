using BtcAgent.Storage.Embedded;
using Orleans.Storage;

namespace BtcAgent.Storage.Tests.Embedded;

public sealed class StateStoreTests : IDisposable
{
    private static readonly GrainId Grain = GrainId.Create("portfolio", "main");

    private readonly string path = Directory.CreateTempSubdirectory("btcagent-state-").FullName;

    public void Dispose() => Directory.Delete(path, recursive: true);

    [Fact]
    public async Task Write_ThenReopen_ReadsBackNaN()
    {
        using (var opened = new OpenedStore(path))
        {
            await opened.Storage.WriteStateAsync("cash", Grain, new GrainState<Sample>(new Sample { Value = double.NaN }));
        }

        using var again = new OpenedStore(path);
        var read = new GrainState<Sample>();
        await again.Storage.ReadStateAsync("cash", Grain, read);
        Assert.True(read.RecordExists);
        Assert.Equal("1", read.ETag);
        Assert.True(double.IsNaN(read.State!.Value));
    }

    [Fact]
    public async Task Write_StaleETag_IsRefusedAndChangesNothing()
    {
        using var opened = new OpenedStore(path);
        var first = new GrainState<Sample>(new Sample { Value = 1 });
        await opened.Storage.WriteStateAsync("cash", Grain, first);
        var stale = new GrainState<Sample>(new Sample { Value = 9 }) { ETag = first.ETag };
        first.State!.Value = 2;
        await opened.Storage.WriteStateAsync("cash", Grain, first);

        await Assert.ThrowsAsync<InconsistentStateException>(
            () => opened.Storage.WriteStateAsync("cash", Grain, stale));

        var read = new GrainState<Sample>();
        await opened.Storage.ReadStateAsync("cash", Grain, read);
        Assert.Equal(2, read.State!.Value);
    }

    [Fact]
    public async Task Clear_ThenWriteWithTagBeforeClear_IsRefused()
    {
        using var opened = new OpenedStore(path);
        var state = new GrainState<Sample>(new Sample { Value = 1 });
        await opened.Storage.WriteStateAsync("cash", Grain, state);
        var before = new GrainState<Sample>(new Sample { Value = 9 }) { ETag = state.ETag };
        await opened.Storage.ClearStateAsync("cash", Grain, state);
        Assert.False(state.RecordExists);
        await opened.Storage.WriteStateAsync("cash", Grain, state);

        await Assert.ThrowsAsync<InconsistentStateException>(
            () => opened.Storage.WriteStateAsync("cash", Grain, before));
    }

    [Fact]
    public async Task Write_CopiedWithoutDispose_IsThere()
    {
        using var opened = new OpenedStore(path);
        await opened.Storage.WriteStateAsync("cash", Grain, new GrainState<Sample>(new Sample { Value = 7 }));
        var copy = Directory.CreateDirectory(Path.Combine(path, "copy")).FullName;
        foreach (var file in Directory.GetFiles(path, "state.db*").Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        using var afterCrash = new OpenedStore(copy);
        var read = new GrainState<Sample>();
        await afterCrash.Storage.ReadStateAsync("cash", Grain, read);
        Assert.Equal(7, read.State!.Value);
    }

    [Theory]
    [InlineData(Durability.ProcessCrash)]
    [InlineData(Durability.PowerLoss)]
    public async Task Write_SixteenGrainsAtOnce_AllAreKept(Durability durability)
    {
        using var opened = new OpenedStore(path, durability);
        var latencies = new System.Collections.Concurrent.ConcurrentBag<double>();
        var start = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(index => Task.Run(async () =>
        {
            var grain = GrainId.Create("execution", $"grain-{index}");
            var state = new GrainState<Sample>(new Sample());
            for (var write = 0; write < 625; write++)
            {
                var sent = TimeProvider.System.GetTimestamp();
                await opened.Storage.WriteStateAsync("orders", grain, state);
                latencies.Add(TimeProvider.System.GetElapsedTime(sent).TotalMilliseconds);
            }

            Assert.Equal("625", state.ETag);
        })));
        var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        var sorted = latencies.Order().ToArray();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{durability}: {10_000 / seconds:F0} writes/s, p50 {sorted[5_000]:F3} ms, p99 {sorted[9_900]:F3} ms");
        Assert.Equal(10_000, sorted.Length);
    }

    [Fact]
    public void Open_BelowARegularFile_NamesPathAndRemedy()
    {
        var file = Path.Combine(path, "file");
        File.WriteAllText(file, "x");
        var error = Assert.Throws<EmbeddedStoreException>(() => DataFolder.Open(Path.Combine(file, "data")));
        Assert.Contains(file, error.Message);
        Assert.Contains("choose another folder", error.Message);
    }

    [Fact]
    public void Open_SecondOpener_IsRefused()
    {
        using var first = DataFolder.Open(path);
        var error = Assert.Throws<EmbeddedStoreException>(() => DataFolder.Open(path));
        Assert.Contains("another BtcAgent uses", error.Message);
    }

    [Fact]
    public void Open_CorruptFile_NamesPathAndRemedy()
    {
        File.WriteAllText(Path.Combine(path, "state.db"), new string('x', 8_192));
        using var folder = DataFolder.Open(path);
        var error = Assert.Throws<EmbeddedStoreException>(
            () => new StateStore(folder, new EmbeddedStoreOptions(), TimeProvider.System));
        Assert.Contains(folder.StatePath, error.Message);
        Assert.Contains("restore a copy", error.Message);
    }

    [Fact]
    public async Task Write_BeyondSizeMax_FailsAndNamesTheRemedy()
    {
        using var folder = DataFolder.Open(path);
        using var store = new StateStore(folder, new EmbeddedStoreOptions { StateSizeMaxMb = 1 }, TimeProvider.System);
        var error = await Assert.ThrowsAsync<EmbeddedStoreException>(
            () => store.WriteAsync(new StateKey("s", "cash", "main"), new string('x', 2_000_000), null));
        Assert.Contains("free space", error.Message);
        Assert.Equal(1, await store.WriteAsync(new StateKey("s", "cash", "main"), "{}", null));
    }

    private sealed class Sample
    {
        public double Value { get; set; }
    }

    private sealed class OpenedStore : IDisposable
    {
        private readonly DataFolder folder;
        private readonly StateStore store;

        public OpenedStore(string path, Durability durability = Durability.PowerLoss)
        {
            folder = DataFolder.Open(path);
            store = new StateStore(folder, new EmbeddedStoreOptions { Durability = durability }, TimeProvider.System);
            Storage = new SqliteGrainStorage(store, "service");
        }

        public SqliteGrainStorage Storage { get; }

        public void Dispose()
        {
            store.Dispose();
            folder.Dispose();
        }
    }
}
