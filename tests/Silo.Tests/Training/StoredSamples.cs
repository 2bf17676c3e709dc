using BtcAgent.Contracts.Wire;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.Features;
using BtcAgent.History.Files;
using BtcAgent.History.Log;
using BtcAgent.History.Sinks;
using BtcAgent.Storage.Objects;
using BtcAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace BtcAgent.Silo.Tests.Training;

/// <summary>A bucket with the samples of a planted market, written as the sink of an agent writes them.</summary>
internal static class StoredSamples
{
    private const int Batch = 2_000;

    /// <summary>Settings of an agent whose history is in the bucket.</summary>
    public static KeyValuePair<string, string?>[] Settings(MinioServer server, string bucket) =>
    [
        new("History:Parquet:Store:Kind", "S3"),
        new("History:Parquet:Store:Endpoint", server.Endpoint),
        new("History:Parquet:Store:Bucket", bucket),
        new("History:Parquet:Store:AccessKey", MinioServer.AccessKey),
        new("History:Parquet:Store:SecretKey", MinioServer.SecretKey),
        new("History:Parquet:Store:RetriesMax", "0"),
    ];

    public static IObjectStore Open(MinioServer server, string bucket) => ObjectStores.Open(
        new ObjectStoreOptions
        {
            Kind = ObjectStoreKind.S3,
            Endpoint = server.Endpoint,
            Bucket = bucket,
            AccessKey = MinioServer.AccessKey,
            SecretKey = MinioServer.SecretKey,
        },
        "unused");

    /// <param name="server">The S3 server.</param>
    /// <param name="bucket">An empty bucket.</param>
    /// <param name="workFolder">Folder for files that are being written.</param>
    /// <param name="samples">The samples.</param>
    public static async Task WriteAsync(MinioServer server, string bucket, string workFolder, IEnumerable<FeatureSample> samples)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var store = Open(server, bucket);
        var partition = new LogPartition("planted", FactTopic.Features, 0);
        await using var sink = new ParquetSink(
            store, new ParquetOptions { WorkFolder = workFolder }, [FeatureSchema.Create(PlantedSamples.Features)], TimeProvider.System, NullLogger<ParquetSink>.Instance);
        await sink.OpenAsync(cancel);
        var next = 0L;
        foreach (var some in samples.Chunk(Batch))
        {
            List<FactRecord> facts = [.. some.Select((sample, i) => RecordOf(next + i, sample))];
            await sink.WriteAsync(new FactBatch(partition, next, next + some.Length, facts), cancel);
            next += some.Length;
        }

        await sink.FlushAsync(everything: true, cancel);
    }

    private static FactRecord RecordOf(long offset, FeatureSample sample)
    {
        var fact = new FeatureFact(sample);
        var message = FactMessages.Of(fact);
        return new FactRecord(offset, fact.Time, message.Key, FactMessages.Read(message.Topic, message.Payload.AsSpan()));
    }
}
