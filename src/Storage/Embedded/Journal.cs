using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Storage.Embedded;

/// <summary>
/// Append-only record of decisions in <c>journal.db</c>. Appending never waits: entries that the disk cannot keep up with are
/// dropped, counted and logged. Stored entries survive a killed process; the last ones may not survive a power failure.
/// </summary>
public sealed partial class Journal : IAsyncDisposable
{
    private const string Columns = "id, event_time, instrument, strategy, portfolio, kind, json";

    private const string Schema = """
        CREATE TABLE IF NOT EXISTS decisions (
            seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, event_time INTEGER NOT NULL,
            instrument TEXT NOT NULL, strategy TEXT NOT NULL, portfolio TEXT NOT NULL, kind TEXT NOT NULL, json TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS decisions_by_kind ON decisions (kind, seq);
        CREATE INDEX IF NOT EXISTS decisions_by_instrument ON decisions (instrument, seq);
        CREATE TABLE IF NOT EXISTS seen_state (
            one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL, generation INTEGER NOT NULL, digest INTEGER NOT NULL, halt TEXT);
        CREATE TABLE IF NOT EXISTS acts (seq INTEGER PRIMARY KEY AUTOINCREMENT, at_unix_ms INTEGER NOT NULL, act TEXT NOT NULL)
        """;

    private readonly string path;
    private readonly ILogger<Journal> logger;
    private readonly SqliteConnection connection;
    private readonly JournalRetention retention;
    private readonly GroupCommit<JournalWork> writer;
    private long dropped;
    private long droppedLogged;

    /// <summary>Why entries were lost since the last flush; used by the writer's thread only.</summary>
    private Exception? failure;
    private StateStore? state;
    private StateMark? seen;
    private volatile string? problem;
    private volatile int isNoting;
    private bool disposed;

    /// <exception cref="EmbeddedStoreException">The file cannot be opened.</exception>
    public Journal(DataFolder folder, EmbeddedStoreOptions options, ILogger<Journal> logger, TimeProvider? time = null)
    {
        path = folder.JournalPath;
        this.logger = logger;
        connection = SqliteFile.OpenWriter(path, Durability.ProcessCrash, version: 1, Schema, check: false);
        retention = new JournalRetention(connection, options, time ?? TimeProvider.System);
        seen = ReadSeen();
        writer = new GroupCommit<JournalWork>("journal.db writer", options.JournalQueueMax, options.BatchMax, Commit);
    }

    /// <summary>Entries dropped or lost since the start.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    /// <summary>Why entries were lost last; null when they are stored again.</summary>
    public string? Problem => problem;

    /// <summary>Its current size.</summary>
    public JournalUsage Usage => retention.Usage;

    /// <summary>Returns false when the entry was dropped.</summary>
    /// <param name="entry">The entry to store.</param>
    /// <param name="settled">
    /// Called once with true when the entry is stored, unless this method returns false; must not throw or wait.
    /// </param>
    public bool TryAppend(JournalEntry entry, Action<bool>? settled = null)
    {
        if (writer.TryEnqueue(new JournalWork(entry, null, settled)))
        {
            return true;
        }

        Interlocked.Increment(ref dropped);
        return false;
    }

    /// <summary>Returns null for an unknown id.</summary>
    public Task<JournalEntry?> FindAsync(string id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Query($"SELECT {Columns} FROM decisions WHERE id=$id", ("$id", id)).FirstOrDefault());
    }

    /// <summary>Returns the newest entries, newest first.</summary>
    public Task<IReadOnlyList<JournalEntry>> ListAsync(
        string? kind, string? portfolio, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        cancellationToken.ThrowIfCancellationRequested();
        var sql = $"SELECT {Columns} FROM decisions WHERE 1=1"
            + (kind is null ? "" : " AND kind=$kind")
            + (portfolio is null ? "" : " AND portfolio=$portfolio")
            + " ORDER BY seq DESC LIMIT $limit";
        return Task.FromResult<IReadOnlyList<JournalEntry>>(
            Query(sql, ("$kind", kind), ("$portfolio", portfolio), ("$limit", limit)));
    }

    /// <summary>Returns when all earlier entries are stored, with <see cref="Durability.ProcessCrash"/>.</summary>
    /// <exception cref="EmbeddedStoreException">Entries accepted since the last flush were lost.</exception>
    public async Task FlushAsync()
    {
        var flushed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await writer.EnqueueAsync(new JournalWork(null, flushed), CancellationToken.None);
        await flushed.Task;
    }

    public ValueTask DisposeAsync()
    {
        if (!disposed)
        {
            disposed = true;
            writer.Dispose();
            SqliteFile.CloseReaders(path);
            connection.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private void Commit(List<JournalWork> batch)
    {
        isNoting = 0;
        try
        {
            Append(batch);
            problem = null;
            Settle(batch, kept: true);
        }
        catch (Exception error)
        {
            Settle(batch, kept: false);
            var lost = batch.Count(work => work.Entry is not null);
            Interlocked.Add(ref dropped, lost);
            var reason = error is SqliteException sqlite ? SqliteFile.Explain(sqlite, path, "lower JournalSizeMaxMb") : error;
            problem = reason.Message;
            if (lost > 0)
            {
                LogLost(logger, lost, reason);
                failure ??= new EmbeddedStoreException($"journal entries were lost: {reason.Message}", reason);
            }
        }

        if (Dropped is var now && now != droppedLogged)
        {
            droppedLogged = now;
            LogDropped(logger, path, now);
        }

        foreach (var work in batch.Where(work => work.Flushed is not null))
        {
            Report(work.Flushed!);
        }
    }

    private static void Settle(List<JournalWork> batch, bool kept)
    {
        foreach (var work in batch)
        {
            work.Settled?.Invoke(kept);
        }
    }

    private void Report(TaskCompletionSource flushed)
    {
        if (failure is null)
        {
            flushed.TrySetResult();
        }
        else
        {
            flushed.TrySetException(failure);
            failure = null;
        }
    }

    private void Append(List<JournalWork> batch)
    {
        using var transaction = connection.BeginTransaction();
        var count = 0;
        foreach (var work in batch)
        {
            if (work.Entry is { } entry)
            {
                Insert(entry);
                count++;
            }

            if (work.IsHaltDone)
            {
                Execute("UPDATE seen_state SET halt = NULL");
            }
        }

        var mark = state?.Mark;
        if (mark is not null && mark != seen)
        {
            Execute("UPDATE seen_state SET id=$1, generation=$2, digest=$3", mark.Id, mark.Generation, mark.Digest);
        }

        var usage = retention.Trim(count);
        transaction.Commit();
        seen = mark ?? seen;
        retention.Commit(usage);
    }

    private void Insert(JournalEntry entry) => Execute(
        $"INSERT INTO decisions ({Columns}) VALUES ($1,$2,$3,$4,$5,$6,$7) ON CONFLICT DO NOTHING",
        entry.Id, entry.EventTimeUnixNs, entry.Instrument, entry.Strategy, entry.Portfolio, entry.Kind, entry.Json);

    private void Execute(string sql, params object?[] values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters.AddWithValue($"${index + 1}", values[index] ?? DBNull.Value);
        }

        command.ExecuteNonQuery();
    }

    private List<JournalEntry> Query(string sql, params (string Name, object? Value)[] parameters)
    {
        try
        {
            using var reader = SqliteFile.OpenReader(path);
            using var command = reader.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, value) in parameters.Where(parameter => parameter.Value is not null))
            {
                command.Parameters.AddWithValue(name, value);
            }

            using var row = command.ExecuteReader();
            var found = new List<JournalEntry>();
            while (row.Read())
            {
                found.Add(new JournalEntry(
                    row.GetString(0), row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6)));
            }

            return found;
        }
        catch (SqliteException error)
        {
            throw SqliteFile.Explain(error, path);
        }
    }
}
