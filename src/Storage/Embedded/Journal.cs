using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Storage.Embedded;

/// <summary>
/// Append-only record of decisions in <c>journal.db</c>. Appending never waits: what the disk cannot take is
/// dropped, counted and logged. What is kept survives a killed process; the last entries may not survive a power loss.
/// </summary>
public sealed partial class Journal : IAsyncDisposable
{
    private const string Columns = "id, event_time, instrument, strategy, portfolio, kind, json";

    private const string Schema = """
        CREATE TABLE IF NOT EXISTS decisions (
            seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, event_time INTEGER NOT NULL,
            instrument TEXT NOT NULL, strategy TEXT NOT NULL, portfolio TEXT NOT NULL, kind TEXT NOT NULL, json TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS decisions_by_kind ON decisions (kind, seq);
        CREATE INDEX IF NOT EXISTS decisions_by_instrument ON decisions (instrument, seq)
        """;

    private readonly string path;
    private readonly int rowsMax;
    private readonly ILogger<Journal> logger;
    private readonly SqliteConnection connection;
    private readonly GroupCommit<JournalWork> writer;
    private long dropped;
    private long droppedLogged;

    /// <summary>Why entries were lost since the last flush; the writer's thread alone uses it.</summary>
    private Exception? failure;
    private bool disposed;

    /// <exception cref="EmbeddedStoreException">The file cannot be opened.</exception>
    public Journal(DataFolder folder, EmbeddedStoreOptions options, ILogger<Journal> logger)
    {
        path = folder.JournalPath;
        rowsMax = options.JournalRowsMax;
        this.logger = logger;
        connection = SqliteFile.OpenWriter(path, Durability.ProcessCrash, version: 1, Schema, check: false);
        writer = new GroupCommit<JournalWork>("journal.db writer", options.JournalQueueMax, options.BatchMax, Commit);
    }

    /// <summary>Entries dropped or lost since the start.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    /// <summary>False when the entry was dropped.</summary>
    public bool TryAppend(JournalEntry entry)
    {
        if (writer.TryEnqueue(new JournalWork(entry, null)))
        {
            return true;
        }

        Interlocked.Increment(ref dropped);
        return false;
    }

    /// <summary>Null when there is none.</summary>
    public Task<JournalEntry?> FindAsync(string id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Query($"SELECT {Columns} FROM decisions WHERE id=$id", ("$id", id)).FirstOrDefault());
    }

    /// <summary>The newest entries, newest first.</summary>
    public Task<IReadOnlyList<JournalEntry>> ListAsync(
        string? kind, string? instrument, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        cancellationToken.ThrowIfCancellationRequested();
        var sql = $"SELECT {Columns} FROM decisions WHERE 1=1"
            + (kind is null ? "" : " AND kind=$kind")
            + (instrument is null ? "" : " AND instrument=$instrument")
            + " ORDER BY seq DESC LIMIT $limit";
        return Task.FromResult<IReadOnlyList<JournalEntry>>(
            Query(sql, ("$kind", kind), ("$instrument", instrument), ("$limit", limit)));
    }

    /// <summary>Returns when all that was taken before is kept, as <see cref="Durability.ProcessCrash"/> keeps it.</summary>
    /// <exception cref="EmbeddedStoreException">Entries taken since the last flush were lost.</exception>
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
        try
        {
            Append(batch);
        }
        catch (Exception error)
        {
            var lost = batch.Count(work => work.Entry is not null);
            Interlocked.Add(ref dropped, lost);
            var reason = error is SqliteException sqlite ? SqliteFile.Explain(sqlite, path, "lower JournalRowsMax") : error;
            LogLost(logger, lost, reason);
            failure ??= lost > 0 ? new EmbeddedStoreException($"journal entries were lost: {reason.Message}", reason) : null;
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
        foreach (var work in batch)
        {
            if (work.Entry is { } entry)
            {
                using var insert = connection.CreateCommand();
                insert.CommandText = $"INSERT INTO decisions ({Columns}) VALUES ($1,$2,$3,$4,$5,$6,$7) ON CONFLICT DO NOTHING";
                object[] values =
                [
                    entry.Id, entry.EventTimeUnixNs, entry.Instrument, entry.Strategy, entry.Portfolio, entry.Kind, entry.Json,
                ];
                for (var index = 0; index < values.Length; index++)
                {
                    insert.Parameters.AddWithValue($"${index + 1}", values[index]);
                }

                insert.ExecuteNonQuery();
            }
        }

        SqliteFile.Execute(connection, $"DELETE FROM decisions WHERE seq <= (SELECT max(seq) FROM decisions) - {rowsMax}");
        transaction.Commit();
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
