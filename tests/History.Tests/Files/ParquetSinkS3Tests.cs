using System.Numerics;
using BtcAgent.Domain.MarketData;
using BtcAgent.History.Queries;
using BtcAgent.Storage.Objects;
using BtcAgent.Testing;

namespace BtcAgent.History.Tests.Files;

/// <summary>The sink on a real S3 server.</summary>
public sealed class ParquetSinkS3Tests(MinioServer server) : IClassFixture<MinioServer>, IDisposable
{
    private readonly HistoryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Write_MinioAndKilledAtSteps_HasEachTradeOfTheTapeOnce()
    {
        var tape = RecordedMarket.Tape();
        var facts = RecordedMarket.Facts(tape);
        var name = await server.NewBucketAsync();
        using var bucket = ObjectStores.Open(
            new ObjectStoreOptions
            {
                Kind = ObjectStoreKind.S3,
                Endpoint = server.Endpoint,
                Bucket = name,
                AccessKey = MinioServer.AccessKey,
                SecretKey = MinioServer.SecretKey,
            },
            "unused");

        var lives = 0;
        for (var isDead = true; isDead; lives++)
        {
            using var store = new KilledStore(bucket, 40 + (lives * 11), isAfter: lives % 2 == 0);
            await using var sink = _folder.Sink(store);
            try
            {
                await _folder.FeedAsync(sink, RecordedMarket.Partition, facts, batch: 250);
                isDead = false;
            }
            catch (KilledException)
            {
                Assert.True(store.IsDead);
            }
        }

        Assert.True(lives > 2, $"{lives} lives");
        var copies = Directory.CreateTempSubdirectory("btcagent-cache-");
        var cache = new ObjectCache(bucket, copies.FullName, 64 * 1_048_576, TimeProvider.System);
        var database = new HistoryDatabase(cancel => HistoryFiles.ReadAsync(bucket, cache, cancel), QueryLimits.Default, TimeProvider.System);
        var counted = await database.QueryAsync("SELECT count(*) FROM trades", TestContext.Current.CancellationToken);
        Assert.Equal(19_904L, counted.Rows[0][0]);
        copies.Delete(recursive: true);
        await CopyAsync(bucket);
        Assert.Equal(
            [
                19_904L,
                19_904L,
                tape.Events.Where(e => e.Kind == MarketEventKind.Trade).Aggregate(BigInteger.Zero, (sum, e) => sum + e.Quantity.Units),
            ],
            await _folder.QueryAsync("trades", "count(*), count(DISTINCT trade_id), sum(quantity_e8::HUGEINT)"));
    }

    /// <summary>Into the folder, which the query compares with the manifest.</summary>
    private async Task CopyAsync(IObjectStore bucket)
    {
        var cancel = TestContext.Current.CancellationToken;
        await foreach (var found in bucket.ListAsync("dataset=", null, cancel))
        {
            await _folder.Store.PutBytesAsync(found.Key, await bucket.ReadBytesAsync(found.Key, cancel) ?? [], PutCondition.None, cancel);
        }
    }
}
