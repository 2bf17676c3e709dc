using BtcAgent.Contracts.Facts;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.Features;
using BtcAgent.History.Datasets;
using BtcAgent.History.Log;
using BtcAgent.History.Sinks;
using BtcAgent.History.Sql;
using BtcAgent.Storage.Objects;
using DuckDB.NET.Data;
using Microsoft.Extensions.Logging;

namespace BtcAgent.History.Files;

/// <summary>
/// Stores facts as Parquet files in a folder or in S3. Rows wait in memory until a file is due. The checkpoint is in the manifest
/// that names the files, so that a crash at any instant neither misses nor doubles a row: what no manifest names does not count.
/// Merging files and removing old ones runs beside it.
/// </summary>
public sealed partial class ParquetSink : IFactSink
{
    private static readonly TimeSpan MaintainEvery = TimeSpan.FromMinutes(1);

    private readonly IObjectStore _store;
    private readonly ParquetOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<ParquetSink> _logger;
    private readonly string _workFolder;
    private readonly SqlSession _session;
    private readonly List<StoredDataset> _datasets;
    private CancellationTokenSource _maintenanceEnd = new();
    private Task _maintenance = Task.CompletedTask;
    private DateTimeOffset _maintainedAt;
    private bool _isProbed;
    private bool _isOpen;

    /// <param name="store">Where files and manifests are; the sink does not dispose it.</param>
    /// <param name="options">Validated options.</param>
    /// <param name="schemas">Feature schemas of the agent.</param>
    /// <param name="time">Clock of waiting, merging and retention.</param>
    /// <param name="logger">Receives what maintenance does.</param>
    public ParquetSink(
        IObjectStore store, ParquetOptions options, IReadOnlyCollection<FeatureSchema> schemas, TimeProvider time, ILogger<ParquetSink> logger)
    {
        (_store, _options, _time, _logger) = (store, options, time, logger);
        _workFolder = PrepareWorkFolder(options.WorkFolder);
        _session = new SqlSession(options.MemoryMb, threads: 1, _workFolder);
        var writer = new FileWriter(store, _workFolder, time);
        var merger = new FileMerger(store, writer, options.MemoryMb, _workFolder);
        _datasets = [.. HistoryDatasets.Create(schemas).Select(dataset => new StoredDataset(store, _session, dataset, writer, merger, options, time))];
    }

    public string Name => "parquet";

    /// <summary>Topics of the data sets that are not stopped: one of several on a topic stops alone.</summary>
    public IReadOnlyCollection<FactTopic> Topics => [.. Working.Select(stored => stored.Dataset.Topic).Distinct()];

    public SinkStall? Stall { get; private set; }

    /// <summary>Why a data set of a topic is not stored, in one line; null when all are.</summary>
    public string? ProblemOf(FactTopic topic) => _datasets.FirstOrDefault(stored => stored.Dataset.Topic == topic && stored.Problem is not null)?.Problem;

    /// <summary>The data sets with their size, age and retention; empty before the first opening. May be called at any time.</summary>
    public IReadOnlyList<DatasetStatus> Datasets => [.. _datasets.Select(stored => stored.Status).OfType<DatasetStatus>()];

    public Task OpenAsync(CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        _isOpen = false;
        await EndMaintenanceAsync();
        if (!_isProbed)
        {
            LogStore(_logger, _store.Place, (await _store.ProbeAsync(cancellationToken)).Describe());
            _isProbed = true;
        }

        foreach (var stored in _datasets)
        {
            var before = stored.Problem;
            await stored.OpenAsync(cancellationToken);
            if (stored.Problem is { } problem && problem != before)
            {
                LogStopped(_logger, stored.Dataset.Name, problem);
            }
            else if (stored.Problem is null && before is not null)
            {
                LogStoredAgain(_logger, stored.Dataset.Name);
            }
        }

        var problems = _datasets.Select(stored => stored.Problem).OfType<string>().ToList();
        Stall = problems.Count == 0 ? null : new SinkStall(string.Join("; ", problems), Stall?.Since ?? _time.GetUtcNow());
        _isOpen = true;
    });

    public Task<long?> CheckpointAsync(LogPartition partition, CancellationToken cancellationToken)
    {
        // Of several data sets of one topic each skips what it has.
        var checkpoints = Of(partition.Topic).Select(stored => stored.CheckpointOf(partition)).ToList();
        return Task.FromResult(checkpoints.Contains(null) ? null : checkpoints.Min());
    }

    public Task WriteAsync(FactBatch batch, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        foreach (var stored in Of(batch.Partition.Topic))
        {
            stored.Collect(batch);
        }

        if (_datasets.Sum(stored => stored.BufferedRows) >= _options.RowsMax
            || _datasets.Sum(stored => stored.BufferedBytes) >= _options.BufferMb * 1_048_576L)
        {
            await FlushAsync(_ => true, cancellationToken);
        }
    });

    public Task FlushAsync(bool everything, CancellationToken cancellationToken) => !_isOpen ? Task.CompletedTask : GuardAsync(async () =>
    {
        await FlushAsync(stored => everything || stored.IsDue, cancellationToken);
        if (_maintenance.IsCompleted)
        {
            await _maintenance;
            if (_time.GetUtcNow() - _maintainedAt >= MaintainEvery)
            {
                _maintainedAt = _time.GetUtcNow();
                _maintenance = Task.Run(() => MaintainAsync(_maintenanceEnd.Token), CancellationToken.None);
            }
        }
    });

    public async ValueTask DisposeAsync()
    {
        await EndMaintenanceAsync();
        _datasets.ForEach(stored => stored.Dispose());
        _session.Dispose();
        _maintenanceEnd.Dispose();
        if (_options.WorkFolder is null)
        {
            Directory.Delete(_workFolder, recursive: true);
        }
    }

    /// <summary>Completes when the maintenance that runs now has ended.</summary>
    internal Task MaintainedAsync() => _maintenance;

    private IEnumerable<StoredDataset> Working => _datasets.Where(stored => stored.Problem is null);

    private IEnumerable<StoredDataset> Of(FactTopic topic) => Working.Where(stored => stored.Dataset.Topic == topic);

    private async Task FlushAsync(Func<StoredDataset, bool> which, CancellationToken cancellationToken)
    {
        foreach (var stored in Working.Where(which))
        {
            await stored.FlushAsync(cancellationToken);
        }
    }

    private async Task MaintainAsync(CancellationToken cancellationToken)
    {
        foreach (var stored in Working)
        {
            try
            {
                await stored.MaintainAsync(damage => LogDamaged(_logger, damage), cancellationToken);
            }
            catch (Exception e) when (e is ObjectStoreException or HistoryException or DuckDBException or IOException or UnauthorizedAccessException or SinkException)
            {
                // Storing continues. When the outcome of a swap is not known, the next flush fails and the sink is opened again.
                LogNotMaintained(_logger, stored.Dataset.Name, e.Message.ReplaceLineEndings(" "));
            }
        }
    }

    private async Task EndMaintenanceAsync()
    {
        await _maintenanceEnd.CancelAsync();
        await _maintenance.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _maintenanceEnd.Dispose();
        _maintenanceEnd = new CancellationTokenSource();
        _maintenance = Task.CompletedTask;
    }

    /// <summary>After any failure the runner opens the sink again, which discards what was collected.</summary>
    private async Task GuardAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (ObjectStoreException e)
        {
            _isOpen = false;
            throw new SinkException(e.Message, e) { IsFinal = !e.IsTransient };
        }
        catch (Exception e) when (e is DuckDBException or HistoryException or UnauthorizedAccessException)
        {
            _isOpen = false;
            throw new SinkException($"the history in {_store.Place} cannot be written: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        catch (Exception e) when (e is SinkException or IOException)
        {
            _isOpen = false;
            throw;
        }
    }

    /// <summary>Files there are those of a process that was killed.</summary>
    private static string PrepareWorkFolder(string? folder)
    {
        if (folder is null)
        {
            return Directory.CreateTempSubdirectory("btcagent-history-").FullName;
        }

        foreach (var left in Directory.CreateDirectory(folder).EnumerateFiles("*.parquet"))
        {
            left.Delete();
        }

        return folder;
    }

    [LoggerMessage(EventId = 1130, Level = LogLevel.Information, Message = "The history is kept in {Place}; {Conditions}")]
    private static partial void LogStore(ILogger logger, string place, string conditions);

    [LoggerMessage(EventId = 1131, Level = LogLevel.Error, Message = "The history has a damaged file: {Damage}")]
    private static partial void LogDamaged(ILogger logger, string damage);

    [LoggerMessage(EventId = 1132, Level = LogLevel.Warning,
        Message = "The files of {Dataset} were not merged or removed and will be later: {Reason}")]
    private static partial void LogNotMaintained(ILogger logger, string dataset, string reason);

    [LoggerMessage(EventId = 1133, Level = LogLevel.Error, Message = "Nothing is stored in the data set {Dataset}, the others are stored: {Problem}")]
    private static partial void LogStopped(ILogger logger, string dataset, string problem);

    [LoggerMessage(EventId = 1134, Level = LogLevel.Information, Message = "The data set {Dataset} is stored again from its checkpoint on")]
    private static partial void LogStoredAgain(ILogger logger, string dataset);
}
