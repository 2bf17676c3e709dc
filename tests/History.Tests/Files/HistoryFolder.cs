using BtcAgent.Domain.Features;
using BtcAgent.History.Files;
using BtcAgent.History.Log;
using BtcAgent.History.Sinks;
using BtcAgent.History.Sql;
using BtcAgent.Storage.Objects;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.History.Tests.Files;

/// <summary>A history in a temporary folder, its clock, and a writer of facts into it.</summary>
internal sealed class HistoryFolder : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    public HistoryFolder()
    {
        Path = Directory.CreateTempSubdirectory("btcagent-history-test-").FullName;
        Store = new FolderObjectStore(Path);
    }

    public string Path { get; }

    public FolderObjectStore Store { get; }

    public FakeTimeProvider Time { get; } = new(Start);

    public ParquetOptions Options { get; } = new() { MergeFiles = 3 };

    public LineLogger<ParquetSink> Log { get; } = new();

    public ParquetSink Sink(IObjectStore? store = null, params FeatureSchema[] schemas) => new(store ?? Store, Options, schemas, Time, Log);

    /// <summary>
    /// Feeds facts of a partition as the runner does: from the checkpoint on, in batches, a minute apart, with the maintenance
    /// completed in between.
    /// </summary>
    public async Task FeedAsync(ParquetSink sink, LogPartition partition, IReadOnlyList<FactRecord> facts, int batch)
    {
        var cancel = TestContext.Current.CancellationToken;
        await sink.OpenAsync(cancel);
        for (var next = (int)(await sink.CheckpointAsync(partition, cancel) ?? 0); next < facts.Count;)
        {
            var some = facts.Skip(next).Take(batch).ToList();
            await sink.WriteAsync(new FactBatch(partition, next, next + some.Count, some), cancel);
            next += some.Count;
            Time.Advance(TimeSpan.FromSeconds(61));
            await sink.FlushAsync(everything: next == facts.Count, cancel);
            await sink.MaintainedAsync();
        }
    }

    public async Task<Manifest> ManifestAsync(string dataset) => Manifest.Read(
        Manifest.KeyOf(dataset), await Store.ReadBytesAsync(Manifest.KeyOf(dataset), TestContext.Current.CancellationToken));

    /// <summary>All values of the first row of a query over the files that the manifest names, which must be all files there are.</summary>
    public async Task<object[]> QueryAsync(string dataset, string select, string where = "")
    {
        var manifest = await ManifestAsync(dataset);
        var paths = manifest.Files.Select(file => System.IO.Path.Combine(Path, file.Key)).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(Directory.GetFiles(Path, "*.parquet", SearchOption.AllDirectories).Where(path => path.Contains($"dataset={dataset}/", StringComparison.Ordinal)).Order(StringComparer.Ordinal), paths);
        using var session = new SqlSession(256, 1, null);
        var closing = select.Contains("(SELECT ", StringComparison.Ordinal) ? ")" : "";
        using var command = session.Command(
            $"SELECT {select} FROM read_parquet({SqlText.List(paths)}, filename = true, file_row_number = true) {where}{closing}");
        using var row = command.ExecuteReader();
        Assert.True(row.Read());
        var values = new object[row.FieldCount];
        row.GetValues(values);
        return values;
    }

    public void Dispose()
    {
        Store.Dispose();
        Directory.Delete(Path, recursive: true);
    }
}
