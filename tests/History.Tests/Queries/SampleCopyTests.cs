using BtcAgent.Domain;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.History.Files;
using BtcAgent.History.Log;
using BtcAgent.History.Queries;
using BtcAgent.History.Tests.Files;
using BtcAgent.Storage.Objects;
using BtcAgent.Testing;

namespace BtcAgent.History.Tests.Queries;

/// <summary>Samples of a history in a bucket of a real S3 server.</summary>
public sealed class SampleCopyTests(MinioServer server) : IClassFixture<MinioServer>, IAsyncLifetime
{
    private const long Room = 64 * 1_048_576;
    private const int Days = 3;
    private const int PerDay = 40;

    private static readonly InstrumentId Btc = InstrumentId.Parse("BINANCE:BTCUSDT");
    private static readonly FeatureSchema Schema = FeatureSchema.Create(new FeatureOptions());
    private static readonly Timestamp Start = Timestamp.FromUnixMilliseconds(1_795_910_400_000);

    private readonly HistoryFolder _folder = new();
    private readonly DirectoryInfo _copy = Directory.CreateTempSubdirectory("btcagent-samples-");
    private IObjectStore _bucket = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bucket = Open(await server.NewBucketAsync(), MinioServer.SecretKey);

    public ValueTask DisposeAsync()
    {
        _bucket.Dispose();
        _folder.Dispose();
        _copy.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Make_WindowOfABucket_HasTheSamplesOfTheWindowAndOnlyItsFiles()
    {
        await StoreAsync();
        List<double> shares = [];

        await new SampleCopy(_bucket, _copy.FullName, Room).MakeAsync(Btc, Start + TimeSpan.FromDays(1), End, new Shares(shares.Add), Cancelled);

        Assert.Equal(2 * PerDay, (await ReadAsync(Start + TimeSpan.FromDays(1))).Count);
        Assert.Equal(0, (await ReadAsync(Start, Start + TimeSpan.FromDays(1))).Count);
        Assert.Equal(shares.Order(), shares);
        Assert.Equal(1, shares[^1]);
    }

    /// <summary>A kill leaves whole files and a part; the history has been merged and pruned when the next attempt begins.</summary>
    [Fact]
    public async Task Make_CutOffThenTheBucketChanged_ContinuesAndLeavesNothingElse()
    {
        await StoreAsync();
        using (var cut = new CancellationTokenSource())
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => new SampleCopy(_bucket, _copy.FullName, Room).MakeAsync(Btc, Start, End, new Shares(_ => cut.Cancel()), cut.Token));
        }

        var first = Assert.Single(Copied());
        await File.WriteAllTextAsync(Path.Combine(_copy.FullName, "dataset=features", "cut.parquet.part"), "cut off", Cancelled);
        await File.AppendAllTextAsync(first, "damaged by the kill", Cancelled);

        await new SampleCopy(_bucket, _copy.FullName, Room).MakeAsync(Btc, Start, End, null, Cancelled);

        Assert.Equal(Days * PerDay, (await ReadAsync(Start)).Count);
        Assert.Empty(Directory.GetFiles(_copy.FullName, "*.part", SearchOption.AllDirectories));

        // Complete: the store is not asked again.
        await _bucket.DeleteAsync(Manifest.KeyOf("features"), Cancelled);
        await new SampleCopy(_bucket, _copy.FullName, Room).MakeAsync(Btc, Start, End, null, Cancelled);
        Assert.Equal(Days * PerDay, (await ReadAsync(Start)).Count);
    }

    [Fact]
    public async Task Make_LargerThanItsRoom_SaysBothSizesAndCopiesNothing()
    {
        await StoreAsync();

        var error = await Assert.ThrowsAsync<HistoryException>(
            () => new SampleCopy(_bucket, _copy.FullName, 1_000).MakeAsync(Btc, Start, End, null, Cancelled));

        Assert.Contains("more than the 0.0 MiB that a job may copy: raise Retraining:HistoryMb", error.Message, StringComparison.Ordinal);
        Assert.Empty(Copied());
    }

    [Fact]
    public async Task Make_NoHistoryOrAnotherInstrument_SaysWhereOrIsEmpty()
    {
        var error = await Assert.ThrowsAsync<HistoryException>(
            () => new SampleCopy(_bucket, _copy.FullName, Room).MakeAsync(Btc, Start, End, null, Cancelled));
        Assert.StartsWith($"there are no feature samples in {_bucket.Place}: name the bucket", error.Message, StringComparison.Ordinal);

        await StoreAsync();
        await new SampleCopy(_bucket, _copy.FullName, Room).MakeAsync(InstrumentId.Parse("BINANCE:ETHUSDT"), Start, End, null, Cancelled);
        Assert.Empty(Copied());
        Assert.Equal(0, (await ReadAsync(Start, instrument: "BINANCE:ETHUSDT")).Count);
    }

    [Fact]
    public async Task Make_ServerOrBucketMissing_SaysWhatToDo()
    {
        using var closed = Open("bucket", MinioServer.SecretKey, "http://127.0.0.1:1");
        using var none = Open("no-such-bucket", MinioServer.SecretKey);
        using var wrong = Open("bucket", "wrong-secret-key");

        Assert.True((await RefusalAsync(closed, "connection refused: start the server, or correct Endpoint")).IsTransient);
        Assert.False((await RefusalAsync(none, "the bucket does not exist: create it, or correct Bucket")).IsTransient);
        Assert.False((await RefusalAsync(wrong, "the secret is wrong: correct SecretKey or SecretKeyFile")).IsTransient);
    }

    /// <summary>Retention removes a day while it is being copied.</summary>
    [Fact]
    public async Task Make_FileRemovedMeanwhile_ReadsTheManifestAgain()
    {
        await StoreAsync(_folder.Store);
        var manifest = await _folder.ManifestAsync("features");
        var last = manifest.Files[^1];
        var removed = 0;

        await new SampleCopy(_folder.Store, _copy.FullName, Room).MakeAsync(Btc, Start, End, new Shares(_ => Remove()), Cancelled);

        Assert.Equal(manifest.Files.Count - 1, Copied().Length);
        Assert.Equal(manifest.Files.Sum(file => file.Rows) - last.Rows, (await ReadAsync(Start)).Count);

        void Remove()
        {
            if (removed++ == 0)
            {
                File.WriteAllBytes(Path.Combine(_folder.Path, Manifest.KeyOf("features")), (manifest with { Files = manifest.Files.Remove(last) }).ToJson());
                File.Delete(Path.Combine(_folder.Path, last.Key));
            }
        }
    }

    /// <summary>The manifest's hash is that of what was stored: another content is not learned from.</summary>
    [Fact]
    public async Task Make_DamagedObject_IsRefused()
    {
        await StoreAsync();
        var file = Manifest.Read(Manifest.KeyOf("features"), await _bucket.ReadBytesAsync(Manifest.KeyOf("features"), Cancelled)).Files[0];
        var content = (await _bucket.ReadBytesAsync(file.Key, Cancelled))!;
        content[content.Length / 2] ^= 1;
        await _bucket.PutBytesAsync(file.Key, content, PutCondition.None, Cancelled);

        var error = await Assert.ThrowsAsync<HistoryException>(
            () => new SampleCopy(_bucket, _copy.FullName, Room).MakeAsync(Btc, Start, End, null, Cancelled));

        Assert.Contains($"'{file.Key}' in", error.Message, StringComparison.Ordinal);
        Assert.Contains("is damaged", error.Message, StringComparison.Ordinal);
    }

    /// <summary>The room is judged by the manifest's sizes: an object may not be larger than its own.</summary>
    [Fact]
    public async Task Make_ObjectLargerThanTheManifestSays_IsRefusedBeforeItIsWhole()
    {
        await StoreAsync();
        var key = Manifest.KeyOf("features");
        var manifest = Manifest.Read(key, await _bucket.ReadBytesAsync(key, Cancelled));
        var file = manifest.Files[0];
        await _bucket.PutBytesAsync(key, (manifest with { Files = manifest.Files.Replace(file, file with { Bytes = 10 }) }).ToJson(), PutCondition.None, Cancelled);

        var error = await Assert.ThrowsAsync<HistoryException>(
            () => new SampleCopy(_bucket, _copy.FullName, Room).MakeAsync(Btc, Start, End, null, Cancelled));

        Assert.Contains($"'{file.Key}' in {_bucket.Place} is damaged: it is larger than the manifest says", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_copy.FullName, "*", SearchOption.AllDirectories));
    }

    private static Timestamp End => Start + TimeSpan.FromDays(Days);

    private async Task<ObjectStoreException> RefusalAsync(IObjectStore store, string reason)
    {
        var error = await Assert.ThrowsAsync<ObjectStoreException>(
            () => new SampleCopy(store, _copy.FullName, Room).MakeAsync(Btc, Start, End, null, Cancelled));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        return error;
    }

    private IObjectStore Open(string bucket, string secret, string? endpoint = null) => ObjectStores.Open(
        new ObjectStoreOptions
        {
            Kind = ObjectStoreKind.S3,
            Endpoint = endpoint ?? server.Endpoint,
            Bucket = bucket,
            AccessKey = MinioServer.AccessKey,
            SecretKey = secret,
            RetriesMax = 0,
        },
        "unused");

    private string[] Copied() => Directory.GetFiles(_copy.FullName, "*.parquet", SearchOption.AllDirectories);

    private Task<StoredSamples> ReadAsync(Timestamp from, Timestamp? to = null, string instrument = "BINANCE:BTCUSDT") =>
        new SampleHistory(_copy.FullName, Schema, 256).ReadAsync(InstrumentId.Parse(instrument), from, to ?? End, null, Cancelled);

    private async Task StoreAsync(IObjectStore? store = null)
    {
        await using var sink = _folder.Sink(store ?? _bucket, Schema);
        List<Fact> facts = [.. Enumerable.Range(0, Days * PerDay).Select(i => Sample(Start + (TimeSpan.FromDays(1) * (i / PerDay)) + TimeSpan.FromSeconds(i % PerDay), i))];
        await _folder.FeedAsync(
            sink, new LogPartition("cluster-test", FactTopic.Features, 0), [.. facts.Select((fact, i) => RecordedMarket.Record(i, fact))], batch: 20);
    }

    private static FeatureFact Sample(Timestamp at, int number) => new(new FeatureSample
    {
        Instrument = Btc,
        EventTime = at,
        ReceiveTime = at,
        LastSequence = number + 1,
        SchemaHash = Schema.Hash,
        Values = [.. Enumerable.Range(0, Schema.Count).Select(i => (float)(number + i))],
        IsWarm = true,
        BookInSync = true,
        Quote = new Quote(Price.Parse("60000"), Quantity.Parse("1"), Price.Parse("60001"), Quantity.Parse("1")),
        LastEventTime = at,
        ClosedBars = [],
    });

    private sealed class Shares(Action<double> take) : IProgress<double>
    {
        public void Report(double value) => take(value);
    }
}
