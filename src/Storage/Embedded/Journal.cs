using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Storage.Embedded;

/// <summary>
/// The decisions of the log of facts, in <c>journal.db</c>, with the place up to which the log was read. Stored entries survive a killed
/// process; the last ones may not survive a power failure, and are then read from the log again.
/// </summary>
public sealed partial class Journal : IJournal, IAsyncDisposable
{
    /// <summary>Work that may wait for the disk; a caller waits for its own.</summary>
    private const int WaitingMax = 64;

    private const string Columns = "id, event_time, instrument, strategy, portfolio, kind, json";

    private const string Schema = """
        CREATE TABLE IF NOT EXISTS decisions (
            seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, event_time INTEGER NOT NULL,
            instrument TEXT NOT NULL, strategy TEXT NOT NULL, portfolio TEXT NOT NULL, kind TEXT NOT NULL, json TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS decisions_by_kind ON decisions (kind, seq);
        CREATE INDEX IF NOT EXISTS decisions_by_instrument ON decisions (instrument, seq);
        CREATE TABLE IF NOT EXISTS seen_state (
            one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL, generation INTEGER NOT NULL, digest INTEGER NOT NULL, halt TEXT);
        CREATE TABLE IF NOT EXISTS places (
            log TEXT NOT NULL, topic TEXT NOT NULL, partition INTEGER NOT NULL, next INTEGER NOT NULL, PRIMARY KEY (log, topic, partition));
        CREATE TABLE IF NOT EXISTS acts (seq INTEGER PRIMARY KEY AUTOINCREMENT, at_unix_ms INTEGER NOT NULL, act TEXT NOT NULL)
        """;

    private readonly string path;
    private readonly ILogger<Journal> logger;
    private readonly SqliteConnection connection;
    private readonly JournalRetention retention;
    private readonly GroupCommit<JournalWork> writer;
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
        writer = new GroupCommit<JournalWork>("journal.db writer", WaitingMax, options.BatchMax, Commit);
    }

    /// <summary>Why nothing can be stored at present; null when it can.</summary>
    public string? Problem => problem;

    /// <summary>Its current size.</summary>
    public JournalUsage Usage => retention.Usage;

    /// <exception cref="EmbeddedStoreException">Nothing of it is stored.</exception>
    public async Task StoreAsync(IReadOnlyList<JournalEntry> entries, JournalPlace place, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await writer.EnqueueAsync(new JournalWork(entries, place, done), cancellationToken);
        await done.Task;
    }

    public Task<long?> NextAsync(string log, string topic, int partition, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Read(
            "SELECT next FROM places WHERE log=$log AND topic=$topic AND partition=$partition",
            row => (long?)row.GetInt64(0),
            ("$log", log), ("$topic", topic), ("$partition", partition)).FirstOrDefault());
    }

    public Task<JournalEntry?> FindAsync(string id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Query($"SELECT {Columns} FROM decisions WHERE id=$id", ("$id", id)).FirstOrDefault());
    }

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
            batch.ForEach(work => work.Done?.TrySetResult());
        }
        catch (Exception error)
        {
            var reason = error is SqliteException sqlite ? SqliteFile.Explain(sqlite, path, "lower JournalSizeMaxMb") : error;
            if (problem is null)
            {
                LogUnwritable(logger, path, reason.Message);
            }

            problem = reason.Message;
            batch.ForEach(work => work.Done?.TrySetException(reason));
        }
    }

    private void Append(List<JournalWork> batch)
    {
        using var transaction = connection.BeginTransaction();
        var count = 0;
        foreach (var work in batch)
        {
            foreach (var entry in work.Entries ?? [])
            {
                Insert(entry);
                count++;
            }

            if (work.Place is { } place)
            {
                Execute("INSERT OR REPLACE INTO places (log, topic, partition, next) VALUES ($1,$2,$3,$4)", place.Log, place.Topic, place.Partition, place.Next);
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

    private List<JournalEntry> Query(string sql, params (string Name, object? Value)[] parameters) => Read(
        sql,
        row => new JournalEntry(row.GetString(0), row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6)),
        parameters);

    private List<T> Read<T>(string sql, Func<SqliteDataReader, T> read, params (string Name, object? Value)[] parameters)
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
            var found = new List<T>();
            while (row.Read())
            {
                found.Add(read(row));
            }

            return found;
        }
        catch (SqliteException error)
        {
            throw SqliteFile.Explain(error, path);
        }
    }
}
