using System.Globalization;
using BtcAgent.Storage.Backups;
using BtcAgent.Storage.Embedded;
using BtcAgent.Storage.Objects;
using BtcAgent.Testing;

namespace BtcAgent.Storage.Tests.Backups;

public sealed class BackupArchiveTests(MinioServer server) : IClassFixture<MinioServer>, IDisposable
{
    private readonly BackupRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData(BackupRig.Key, "hkdf-sha256")]
    [InlineData("correct horse battery", "pbkdf2-sha512")]
    [InlineData(null, "none")]
    public async Task Create_ThenVerify_SaysWhatItContains(string? key, string derivation)
    {
        Directory.CreateDirectory(Path.Combine(_rig.Data, "models", "minute"));
        File.WriteAllText(Path.Combine(_rig.Data, "models", "minute", "model.txt"), "tree");
        File.WriteAllText(Path.Combine(_rig.Data, "configuration.json"), "{}");
        File.WriteAllText(Path.Combine(_rig.Data, "operator.key"), "not in a backup");
        await _rig.RunAsync((state, journal) => BackupRig.TradeAsync(state, journal, "A"));
        var archive = _rig.Archive(key);
        var created = await archive.CreateAsync(_rig.Data, BackupRig.Cancel);
        var contents = await archive.VerifyAsync(created.Contents.Name, BackupRig.Cancel);

        Assert.Equal("btcagent-20261129T090000.000Z.backup", contents.Name);
        Assert.Equal(["state.db", "journal.db", "configuration.json", "models/minute/model.txt"], contents.Parts.Select(part => part.Name));
        Assert.Equal((1, 1, derivation), (contents.States["portfolio"], contents.Decisions, contents.Header.Derivation));
        Assert.Equal(created.Contents.Commits, contents.Commits);
        Assert.Equal(created.Bytes, Assert.Single(await archive.ListAsync(BackupRig.Cancel)).Bytes);
        Assert.Empty(_rig.Leftovers());
    }

    /// <summary>The ledger is written before the decision of the same trade, and the next one after both.</summary>
    [Fact]
    public async Task Create_WhileTrading_ShowsOneInstant()
    {
        var trades = 0;
        using var stop = new CancellationTokenSource();
        await _rig.RunAsync(async (state, journal) =>
        {
            var trading = Task.Run(
                async () =>
                {
                    while (!stop.IsCancellationRequested)
                    {
                        await BackupRig.TradeAsync(state, journal, string.Create(CultureInfo.InvariantCulture, $"{++trades:D8}"));
                    }
                },
                BackupRig.Cancel);
            await Eventually.TrueAsync("trades", () => Task.FromResult(trades > 20), TimeSpan.FromSeconds(20));
            for (var round = 0; round < 5; round++)
            {
                _rig.Time.Advance(TimeSpan.FromSeconds(1));
                var before = trades;
                var name = (await _rig.Archive().CreateAsync(_rig.Data, BackupRig.Cancel)).Contents.Name;
                var folder = Path.Combine(_rig.Root, name + ".extracted");
                Directory.CreateDirectory(folder);
                var contents = await _rig.Archive().ExtractAsync(name, folder, BackupRig.Cancel);
                var ledger = int.Parse(Read(Path.Combine(folder, "state.db"), "SELECT payload FROM grain_state").Trim('"'), CultureInfo.InvariantCulture);
                var decision = int.Parse(Read(Path.Combine(folder, "journal.db"), "SELECT max(id) FROM decisions"), CultureInfo.InvariantCulture);

                Assert.InRange(decision, before - 1, ledger);
                Assert.InRange(ledger, decision, decision + 1);
                Assert.Equal(decision, contents.Decisions);
            }

            await stop.CancelAsync();
            await trading;
        });
    }

    [Fact]
    public async Task Create_OnS3_IsListedVerifiedAndTrimmed()
    {
        using var store = ObjectStores.Open(
            new ObjectStoreOptions
            {
                Kind = ObjectStoreKind.S3,
                Bucket = await server.NewBucketAsync(),
                Endpoint = server.Endpoint,
                Prefix = "agent-1/",
                AccessKey = MinioServer.AccessKey,
                SecretKey = MinioServer.SecretKey,
            },
            "unused");
        await _rig.RunAsync((state, journal) => BackupRig.TradeAsync(state, journal, "A"));
        var archive = _rig.Archive(store: store);
        await archive.CreateAsync(_rig.Data, BackupRig.Cancel);
        _rig.Time.Advance(TimeSpan.FromHours(24));
        var second = await archive.CreateAsync(_rig.Data, BackupRig.Cancel);

        Assert.Equal(2, (await archive.ListAsync(BackupRig.Cancel)).Count);
        Assert.Single(await archive.TrimAsync(1, TimeSpan.MaxValue, long.MaxValue, BackupRig.Cancel));
        Assert.Equal(second.Contents.Name, Assert.Single(await archive.ListAsync(BackupRig.Cancel)).Name);
        Assert.Equal(second.Contents.Commits, (await archive.VerifyAsync(second.Contents.Name, BackupRig.Cancel)).Commits);
    }

    [Theory]
    [InlineData(2, 100, 1_000_000, 2)]
    [InlineData(9, 2, 1_000_000, 2)]
    [InlineData(9, 100, 0, 1)]
    [InlineData(9, 100, 1_000_000, 4)]
    public async Task Trim_KeepsTheNewestWithinNumberAgeAndSize(int keep, int hours, long bytes, int left)
    {
        Directory.CreateDirectory(_rig.Store);
        File.WriteAllText(Path.Combine(_rig.Store, "notes.txt"), "not a backup");
        for (var round = 0; round < 4; round++)
        {
            var name = BackupName.Of(_rig.Time.GetUtcNow());
            File.WriteAllText(Path.Combine(_rig.Store, name), "content");
            _rig.Time.Advance(TimeSpan.FromHours(1));
        }

        var newest = (await _rig.Archive().ListAsync(BackupRig.Cancel))[0];
        await _rig.Archive().TrimAsync(keep, TimeSpan.FromHours(hours), bytes, BackupRig.Cancel);
        var kept = await _rig.Archive().ListAsync(BackupRig.Cancel);

        Assert.Equal((left, newest), (kept.Count, kept[0]));
        Assert.True(File.Exists(Path.Combine(_rig.Store, "notes.txt")));
    }

    [Fact]
    public async Task Create_StoreIsFull_LeavesNoHalfBackup()
    {
        await _rig.RunAsync((state, journal) => BackupRig.TradeAsync(state, journal, "A"));
        using var store = new FullStore(_rig.Store);
        var error = await Assert.ThrowsAsync<ObjectStoreException>(() => _rig.Archive(store: store).CreateAsync(_rig.Data, BackupRig.Cancel));

        Assert.Equal(ObjectStoreFault.Full, error.Fault);
        Assert.Empty(_rig.Leftovers());
        Assert.Empty(Directory.Exists(_rig.Store) ? Directory.GetFiles(_rig.Store) : []);
    }

    [Fact]
    public async Task Create_NoState_SaysSo()
    {
        var error = await Assert.ThrowsAsync<BackupException>(() => _rig.Archive().CreateAsync(_rig.Data, BackupRig.Cancel));
        Assert.Equal($"'{Path.Combine(_rig.Data, "state.db")}' does not exist: there is nothing to back up, or --data names another folder", error.Message);
        Assert.Empty(_rig.Leftovers());
    }

    [Fact]
    public async Task Create_StateDamaged_SaysSoAndWritesNothing()
    {
        await _rig.RunAsync((state, journal) => BackupRig.TradeAsync(state, journal, "A"));
        using (var file = File.OpenWrite(Path.Combine(_rig.Data, "state.db")))
        {
            file.Write(new byte[4_096]);
        }

        await Assert.ThrowsAsync<EmbeddedStoreException>(() => _rig.Archive().CreateAsync(_rig.Data, BackupRig.Cancel));
        Assert.Empty(await _rig.Archive().ListAsync(BackupRig.Cancel));
    }

    private static string Read(string path, string sql)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (string)command.ExecuteScalar()!;
    }

    /// <summary>A folder on a full disk: every write fails in its middle.</summary>
    private sealed class FullStore(string folder) : IObjectStore
    {
        private readonly FolderObjectStore _inner = new(folder);

        public string Place => _inner.Place;

        public ConditionalWrites Conditions => _inner.Conditions;

        public Task<ConditionalWrites> ProbeAsync(CancellationToken cancellationToken) => _inner.ProbeAsync(cancellationToken);

        public Task<PutResult> PutAsync(string key, Stream content, PutCondition condition, CancellationToken cancellationToken) =>
            _inner.PutAsync(key, new Objects.FullDiskStream(), condition, cancellationToken);

        public Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken) => _inner.OpenAsync(key, cancellationToken);

        public Task<StoredObject?> HeadAsync(string key, CancellationToken cancellationToken) => _inner.HeadAsync(key, cancellationToken);

        public IAsyncEnumerable<StoredObject> ListAsync(string prefix, string? after, CancellationToken cancellationToken) =>
            _inner.ListAsync(prefix, after, cancellationToken);

        public Task DeleteAsync(string key, CancellationToken cancellationToken) => _inner.DeleteAsync(key, cancellationToken);

        public void Dispose() => _inner.Dispose();
    }
}
