using BtcAgent.Domain.Facts;
using BtcAgent.History.Files;
using BtcAgent.History.Log;
using BtcAgent.History.Sinks;
using BtcAgent.History.Sql;
using BtcAgent.Storage.Objects;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;

namespace BtcAgent.History.Imports;

/// <summary>
/// Writes rows of files into the history of a data folder, as the sink of the log does. Each source is a separate log with its
/// offsets, so that a source that was stored, or a part of it, is not stored again.
/// </summary>
public sealed class HistoryImport : IAsyncDisposable
{
    private const int RowsWaiting = 200_000;

    /// <summary>Hours of quotes whose ids are in memory.</summary>
    private const int QuoteHoursMax = 4;

    /// <summary>Quotes have the receive time: a copy that another reader received may belong to the hour before or after.</summary>
    private static readonly TimeSpan QuoteMargin = TimeSpan.FromMinutes(1);

    private readonly string _folder;
    private readonly IObjectStore _store;
    private readonly ParquetSink _sink;
    private readonly SqlSession _session = new(memoryMb: 256, threads: 1, spillFolder: null);
    private readonly Dictionary<(string Dataset, string Instrument, DateOnly Date), IdRanges> _stored = [];
    private readonly Dictionary<(string Instrument, long Hour), IdRanges> _quotes = [];

    /// <param name="folder">Folder of the history, created when absent.</param>
    /// <param name="time">Clock of the files' ages.</param>
    /// <param name="rowsWaiting">Rows that wait in memory. Default 200,000, so that an interrupted import has stored most of its rows.</param>
    public HistoryImport(string folder, TimeProvider time, int rowsWaiting = RowsWaiting)
        : this(new FolderObjectStore(Directory.CreateDirectory(folder).FullName), folder, time, rowsWaiting)
    {
    }

    internal HistoryImport(IObjectStore store, string folder, TimeProvider time, int rowsWaiting)
    {
        (_folder, _store) = (Path.GetFullPath(folder), store);
        var options = new ParquetOptions { RowsMax = rowsWaiting };
        options.Retention.Clear(); // How long the history is kept is a setting of its agent, which an import does not know.
        _sink = new ParquetSink(store, options, [], time, NullLogger<ParquetSink>.Instance);
    }

    /// <summary>Takes the history over.</summary>
    /// <exception cref="SinkException">The folder cannot be written, or another process writes it.</exception>
    public Task OpenAsync(CancellationToken cancellationToken) => _sink.OpenAsync(cancellationToken);

    /// <summary>The offset of the first message of a source that is not stored; 0 for a new source.</summary>
    /// <exception cref="SinkException">The manifest of a data set of the topic is damaged or lost.</exception>
    public async Task<long> CheckpointAsync(string source, FactTopic topic, CancellationToken cancellationToken) => _sink.ProblemOf(topic) is { } problem
        ? throw new SinkException(problem) { IsFinal = true }
        : await _sink.CheckpointAsync(new LogPartition(source, topic, 0), cancellationToken) ?? 0;

    /// <param name="source">Name of the source: letters, digits and hyphens.</param>
    /// <param name="topic">Topic of the messages.</param>
    /// <param name="from">Offset of the first message.</param>
    /// <param name="messages">Messages in order; null where a message has no rows.</param>
    /// <param name="loggedAt">Time of the import.</param>
    /// <param name="cancellationToken">Ends the write.</param>
    public Task WriteAsync(
        string source, FactTopic topic, long from, IReadOnlyList<IMessage?> messages, Timestamp loggedAt, CancellationToken cancellationToken)
    {
        List<FactRecord> facts = [];
        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i] is { } message)
            {
                facts.Add(new FactRecord(from + i, loggedAt, source, message));
            }
        }

        return _sink.WriteAsync(new FactBatch(new LogPartition(source, topic, 0), from, from + messages.Count, facts), cancellationToken);
    }

    /// <summary>Stores what was written.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _sink.FlushAsync(everything: true, cancellationToken);
        _stored.Clear();
        _quotes.Clear();
    }

    /// <summary>Trade ids of an instrument that the history had on a UTC day before what is written now.</summary>
    /// <param name="instrument">Instrument.</param>
    /// <param name="date">Day.</param>
    /// <param name="otherSources">Beginnings of the names of sources that have trades of another kind.</param>
    /// <exception cref="HistoryException">The day has trades of another kind, whose ids say nothing about these.</exception>
    public IdRanges StoredTrades(InstrumentId instrument, DateOnly date, IReadOnlyCollection<string> otherSources) =>
        Stored("trades", instrument, date, "trade_id", file => otherSources.Any(other => file.Log.StartsWith(other, StringComparison.Ordinal))
            ? throw new HistoryException(
                $"the history has trades of {instrument} on {date:yyyy-MM-dd} from '{file.Log}': trades and aggTrades of one day would count each quantity twice, import one kind")
            : true);

    /// <summary>Update ids of quotes of an instrument that the history has around an instant.</summary>
    public IdRanges StoredQuotes(InstrumentId instrument, Timestamp at)
    {
        var from = at.RoundDownTo(TimeSpan.FromHours(1));
        if (_quotes.TryGetValue((instrument.Key, from.UnixNanoseconds), out var known))
        {
            return known;
        }

        if (_quotes.Count == QuoteHoursMax)
        {
            _quotes.Clear();
        }

        var (first, end) = (from - QuoteMargin, from + TimeSpan.FromHours(1) + QuoteMargin);
        var files = FilesOf("quotes").Where(file =>
            file.Instrument == instrument.Key && file.LastTime >= first.UnixNanoseconds && file.FirstTime < end.UnixNanoseconds);
        var condition = FormattableString.Invariant($"epoch_us(event_time) BETWEEN {first.UnixNanoseconds / 1_000} AND {end.UnixNanoseconds / 1_000}");
        return _quotes[(instrument.Key, from.UnixNanoseconds)] = IdsOf(files, "update_id", condition);
    }

    /// <summary>Bars of an interval that the history had on a UTC day, by open time in intervals since 1970.</summary>
    public IdRanges StoredBars(InstrumentId instrument, DateOnly date, TimeSpan interval) => Stored(
        "bars", instrument, date,
        FormattableString.Invariant($"CASE WHEN interval_ms = {(long)interval.TotalMilliseconds} THEN epoch_us(open_time) // {interval.Ticks / TimeSpan.TicksPerMicrosecond} END"),
        _ => true, FormattableString.Invariant($"bars/{interval.Ticks}"));

    /// <summary>Completes when the maintenance that runs now has ended.</summary>
    internal Task MaintainedAsync() => _sink.MaintainedAsync();

    public async ValueTask DisposeAsync()
    {
        await _sink.DisposeAsync();
        _session.Dispose();
        _store.Dispose();
    }

    private IdRanges Stored(string dataset, InstrumentId instrument, DateOnly date, string expression, Func<DataFile, bool> check, string? kind = null)
    {
        var key = (kind ?? dataset, instrument.Key, date);
        if (_stored.TryGetValue(key, out var known))
        {
            return known;
        }

        var files = FilesOf(dataset).Where(file => file.Instrument == instrument.Key && file.Date == date && check(file));
        return _stored[key] = IdsOf(files, expression, "true");
    }

    private IReadOnlyList<DataFile> FilesOf(string dataset)
    {
        var path = Path.Combine(_folder, Manifest.KeyOf(dataset));
        return File.Exists(path) ? Manifest.Read(Manifest.KeyOf(dataset), File.ReadAllBytes(path)).Files : [];
    }

    private IdRanges IdsOf(IEnumerable<DataFile> files, string expression, string condition)
    {
        var ids = new IdRanges();
        foreach (var file in files)
        {
            using var command = _session.Command($"""
                SELECT DISTINCT {expression} AS id FROM read_parquet({SqlText.Literal(Path.Combine(_folder, file.Key))})
                WHERE id IS NOT NULL AND {condition} ORDER BY id
                """);
            using var row = command.ExecuteReader();
            while (row.Read())
            {
                ids.Add(row.GetInt64(0), row.GetInt64(0));
            }
        }

        return ids;
    }
}
