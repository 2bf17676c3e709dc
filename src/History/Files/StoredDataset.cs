using System.Collections.Immutable;
using BtcAgent.Contracts.Facts;
using BtcAgent.History.Datasets;
using BtcAgent.History.Log;
using BtcAgent.History.Sinks;
using BtcAgent.History.Sql;
using BtcAgent.Storage.Objects;

namespace BtcAgent.History.Files;

/// <summary>A data set in the hands of its only writer: buffer, files and manifest.</summary>
internal sealed class StoredDataset(
    IObjectStore store, SqlSession session, Dataset dataset, FileWriter writer, FileMerger merger, ParquetOptions options, TimeProvider time)
    : IDisposable
{
    private readonly OwnedManifest _manifest = new(store, dataset.Name);
    private readonly DatasetBuffer _buffer = new(session, dataset);
    private readonly HashSet<string> _damaged = new(StringComparer.Ordinal);

    private Tuple<Manifest, DatasetStatus>? _status;

    public Dataset Dataset => dataset;

    /// <summary>Size and age of the data set; null before it was opened. May be called at any time.</summary>
    public DatasetStatus? Status
    {
        get
        {
            if (Problem is { } problem)
            {
                return new DatasetStatus(dataset.Name, 0, 0, 0, null, null, null, RetentionDays, problem);
            }

            if (_manifest.Current is not { } current)
            {
                return null;
            }

            if (_status is not { } known || !ReferenceEquals(known.Item1, current))
            {
                _status = known = Tuple.Create(current, Describe(current));
            }

            return known.Item2;
        }
    }

    public long BufferedRows => _buffer.Rows;

    public long BufferedBytes => _buffer.Bytes;

    private Manifest Manifest => _manifest.Current ?? throw new SinkException($"the data set {dataset.Name} is not open");

    /// <summary>Why nothing is stored in the data set since its last opening, in one line; null when it is open.</summary>
    public string? Problem { get; private set; }

    /// <summary>Takes the data set over and deletes what earlier attempts left; sets <see cref="Problem"/> when its manifest is damaged or lost.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        _buffer.Clear();
        try
        {
            if (await store.HeadAsync(Manifest.KeyOf(dataset.Name), cancellationToken) is null)
            {
                await DemandEmptyAsync(cancellationToken);
            }

            await _manifest.TakeOverAsync(cancellationToken);
        }
        catch (HistoryException e)
        {
            Problem = e.Message;
            return;
        }

        Problem = null;
        await DeleteUnnamedAsync(cancellationToken);
    }

    public long? CheckpointOf(LogPartition partition) =>
        Manifest.Checkpoints.TryGetValue(partition.ToString(), out var next) ? next : null;

    public void Collect(FactBatch batch) => _buffer.Collect(batch, CheckpointOf(batch.Partition), time.GetUtcNow());

    /// <summary>True when the oldest fact of the buffer has waited long enough.</summary>
    public bool IsDue => _buffer.Since is { } since && time.GetUtcNow() - since >= TimeSpan.FromSeconds(options.FlushSeconds);

    /// <summary>Stores the buffer: files first, then the manifest that names them.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_buffer.Since is null)
        {
            return;
        }

        List<DataFile> written = [];
        foreach (var group in _buffer.Rows == 0 ? [] : _buffer.Groups())
        {
            var file = writer.Describe(dataset, group.Instrument, group.Date, group.Log, group.Partition, group.FirstOffset, group.LastOffset);
            written.Add(await writer.WriteAsync(session, dataset, _buffer.SourceOf(group), file, cancellationToken));
        }

        await _manifest.UpdateAsync(
            manifest => manifest with
            {
                Files = manifest.Files.AddRange(written),
                Lost = manifest.Lost.AddRange(_buffer.Lost),
                Checkpoints = manifest.Checkpoints.SetItems(
                    _buffer.Next.Select(next => KeyValuePair.Create(next.Key.ToString(), next.Value))),
            },
            cancellationToken);
        _buffer.Stored();
    }

    /// <summary>Removes files older than the retention, then merges files.</summary>
    /// <param name="onDamage">Receives a line for each file that cannot be merged.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task MaintainAsync(Action<string> onDamage, CancellationToken cancellationToken)
    {
        await RemoveExpiredAsync(cancellationToken);
        while (MergePlan.Next(Manifest.Files.Where(file => !_damaged.Contains(file.Key)), options.MergeFiles, time.GetUtcNow()) is { Count: > 0 } files)
        {
            try
            {
                var merged = await merger.MergeAsync(dataset, files, cancellationToken);
                await ReplaceAsync(files, [merged], cancellationToken);
            }
            catch (DamagedFileException e)
            {
                // The others are merged without it; 'btcagent data check' names it, too.
                _damaged.Add(e.Key);
                onDamage(e.Message);
            }
        }
    }

    public void Dispose() => _manifest.Dispose();

    /// <summary>The first owner writes the manifest before any file, so files without one never are what an attempt left.</summary>
    private async Task DemandEmptyAsync(CancellationToken cancellationToken)
    {
        await foreach (var key in DataFilesAsync(cancellationToken))
        {
            throw LostManifest.Of(dataset.Name, key, store.Place);
        }
    }

    private async Task DeleteUnnamedAsync(CancellationToken cancellationToken)
    {
        var named = Manifest.Files.Select(file => file.Key).ToHashSet(StringComparer.Ordinal);
        List<string> unnamed = [];
        await foreach (var key in DataFilesAsync(cancellationToken))
        {
            if (!named.Contains(key))
            {
                unnamed.Add(key);
            }
        }

        await DeleteAsync(unnamed, cancellationToken);
    }

    private IAsyncEnumerable<string> DataFilesAsync(CancellationToken cancellationToken) => FileWriter.OursAsync(store, dataset.Name, cancellationToken);

    private DatasetStatus Describe(Manifest manifest)
    {
        var (files, any) = (manifest.Files, !manifest.Files.IsEmpty);
        return new DatasetStatus(
            dataset.Name,
            files.Sum(file => file.Rows),
            files.Count,
            Math.Round(files.Sum(file => file.Bytes) / 1_048_576.0, 1),
            any ? new Timestamp(files.Min(file => file.FirstTime)).ToDateTimeOffset() : null,
            any ? new Timestamp(files.Max(file => file.LastTime)).ToDateTimeOffset() : null,
            any ? files.Min(file => file.StoredAt) : null,
            RetentionDays);
    }

    private int? RetentionDays => options.Retention.GetValueOrDefault(dataset.Name) is > 0 and var days ? days : null;

    private async Task RemoveExpiredAsync(CancellationToken cancellationToken)
    {
        if (RetentionDays is { } days)
        {
            var oldest = time.GetUtcNow() - TimeSpan.FromDays(days);
            var expired = Manifest.Files.Where(file => file.StoredAt < oldest).ToImmutableArray();
            if (expired.Length > 0)
            {
                await ReplaceAsync(expired, [], cancellationToken);
            }
        }
    }

    private async Task ReplaceAsync(IReadOnlyCollection<DataFile> old, DataFile[] now, CancellationToken cancellationToken)
    {
        var keys = old.Select(file => file.Key).ToHashSet(StringComparer.Ordinal);
        await _manifest.UpdateAsync(
            manifest => manifest with { Files = manifest.Files.RemoveAll(file => keys.Contains(file.Key)).AddRange(now) }, cancellationToken);
        await DeleteAsync(keys.Except(now.Select(file => file.Key)), cancellationToken);
    }

    private async Task DeleteAsync(IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        foreach (var key in keys)
        {
            await store.DeleteAsync(key, cancellationToken);
        }
    }
}
