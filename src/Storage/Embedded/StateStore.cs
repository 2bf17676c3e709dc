using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace BtcAgent.Storage.Embedded;

/// <summary>
/// Grain state in <c>state.db</c>: compare-and-swap rows, written by one thread that commits many writes at once.
/// A write is confirmed only after its commit.
/// </summary>
public sealed class StateStore : IDisposable
{
    /// <summary>2: the state has a mark, which older versions would not update and must therefore not open.</summary>
    private const int SchemaVersion = 2;

    private const string Schema = """
        CREATE TABLE IF NOT EXISTS grain_state (
            service_id TEXT NOT NULL,
            state_name TEXT NOT NULL,
            grain_key TEXT NOT NULL,
            payload TEXT,
            etag INTEGER NOT NULL,
            modified_unix_ms INTEGER NOT NULL,
            PRIMARY KEY (service_id, state_name, grain_key)
        ) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS state_mark (
            one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL, generation INTEGER NOT NULL, digest INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS probe (one INTEGER PRIMARY KEY CHECK (one = 1), filler BLOB NOT NULL)
        """;

    private readonly string path;
    private readonly TimeProvider time;
    private readonly Durability durability;
    private readonly SqliteConnection connection;
    private readonly StateStatements statements;
    private readonly StateDigest digest = new();
    private readonly GroupCommit<StateWrite> writer;
    private StateMark committed;
    private volatile StateMark noted;
    private volatile string? problem;
    private int failedBytes;
    private bool disposed;

    /// <exception cref="EmbeddedStoreException">The file cannot be opened, or is damaged.</exception>
    public StateStore(DataFolder folder, EmbeddedStoreOptions options, TimeProvider time)
    {
        path = folder.StatePath;
        this.time = time;
        durability = options.Durability;
        connection = SqliteFile.OpenWriter(path, durability, SchemaVersion, Schema, check: true);
        var pageSize = (long)SqliteFile.Scalar(connection, "PRAGMA page_size")!;
        SqliteFile.Execute(connection, $"PRAGMA max_page_count={options.StateSizeMaxMb * 1_048_576L / pageSize}");
        LastWrite = SqliteFile.Scalar(connection, "SELECT max(modified_unix_ms) FROM grain_state") is long ms
            ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;
        statements = new StateStatements(connection);
        var rows = statements.ReadInto(digest);
        Found = statements.ReadMark() ?? (rows == 0 ? null : new StateMark("", 0, digest.Value));
        committed = noted = Found ?? new StateMark("", 0, digest.Value);
        writer = new GroupCommit<StateWrite>("state.db writer", options.StateQueueMax, options.BatchMax, Commit);
    }

    /// <summary>Called on the writer's thread after <see cref="Mark"/> has changed; must not wait.</summary>
    public Action? Changed { get; set; }

    /// <summary>The state's mark when it was opened; null when it was new.</summary>
    public StateMark? Found { get; }

    /// <summary>Digest of the rows when it was opened.</summary>
    public long FoundRows => Found is null ? 0 : digest.Value;

    /// <summary>The newest mark that survives any end of the process.</summary>
    public StateMark Mark => noted;

    /// <summary>Time of the last write before the state was opened, by the clock at that time; null when it is new.</summary>
    public DateTimeOffset? LastWrite { get; }

    /// <summary>Why the last write failed; null when writes succeed.</summary>
    public string? Problem => problem;

    /// <summary>Starts or continues a sequence of marks; call once, before the first write.</summary>
    /// <param name="id">The state's id from now on.</param>
    /// <param name="generation">The number of commits to continue from.</param>
    public void Begin(string id, long generation)
    {
        committed = new StateMark(id, generation, digest.Value);
        statements.WriteMark(committed, null);
        noted = committed;
    }

    /// <summary>Returns null when the row was never written.</summary>
    public StoredState? Read(StateKey key)
    {
        try
        {
            using var reader = SqliteFile.OpenReader(path);
            using var command = reader.CreateCommand();
            command.CommandText =
                "SELECT payload, etag FROM grain_state WHERE service_id=$service AND state_name=$state AND grain_key=$grain";
            command.Parameters.AddWithValue("$service", key.ServiceId);
            command.Parameters.AddWithValue("$state", key.StateName);
            command.Parameters.AddWithValue("$grain", key.GrainKey);
            using var row = command.ExecuteReader();
            return row.Read() ? new StoredState(row.IsDBNull(0) ? null : row.GetString(0), row.GetInt64(1)) : null;
        }
        catch (SqliteException error)
        {
            throw SqliteFile.Explain(error, path);
        }
    }

    /// <summary>Replaces the row if its ETag is still the expected one.</summary>
    /// <param name="key">The row.</param>
    /// <param name="payload">JSON; null clears the row.</param>
    /// <param name="expectedETag">Null: the row must not exist yet.</param>
    /// <returns>The new ETag, or null when another write came first.</returns>
    /// <exception cref="EmbeddedStoreException">Nothing was written.</exception>
    public async Task<long?> WriteAsync(StateKey key, string? payload, long? expectedETag)
    {
        var write = new StateWrite(key, payload, expectedETag);
        try
        {
            await writer.EnqueueAsync(write, CancellationToken.None);
        }
        catch (ChannelClosedException error)
        {
            throw new EmbeddedStoreException($"'{path}' is closed: the agent is stopping, start it again", error);
        }

        return await write.Done;
    }

    /// <summary>Writes and commits as many bytes as the last failed write; returns <see cref="Problem"/> afterwards.</summary>
    public async Task<string?> ProbeAsync()
    {
        var probe = StateWrite.Probe();
        try
        {
            await writer.EnqueueAsync(probe, CancellationToken.None);
            await probe.Done;
        }
        catch (Exception e) when (e is ChannelClosedException or EmbeddedStoreException or SqliteException)
        {
            return Problem ?? e.Message;
        }

        return Problem;
    }

    /// <summary>Commits the accepted writes, then closes the file.</summary>
    public void Dispose()
    {
        if (!disposed)
        {
            disposed = true;
            writer.Dispose();
            NoteAfterCheckpoint();
            statements.Dispose();
            SqliteFile.CloseReaders(path);
            connection.Dispose();
        }
    }

    private void Commit(List<StateWrite> batch)
    {
        try
        {
            CommitOrThrow(batch);
            problem = null;
            failedBytes = 0;
            foreach (var write in batch)
            {
                write.Confirm();
            }
        }
        catch (Exception error)
        {
            digest.Rollback();
            var reason = error is SqliteException sqlite ? SqliteFile.Explain(sqlite, path, "raise StateSizeMaxMb") : error;
            failedBytes = Math.Max(failedBytes, batch.Sum(write => write.Bytes));
            problem = reason.Message;
            foreach (var write in batch)
            {
                write.Fail(reason);
            }
        }
    }

    private void CommitOrThrow(List<StateWrite> batch)
    {
        using var transaction = connection.BeginTransaction();
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var write in batch)
        {
            if (write.IsProbe)
            {
                statements.Probe(failedBytes, transaction);
            }
            else if ((write.Outcome = statements.Apply(write, now, transaction)) is { } etag)
            {
                digest.Change(write.Key, write.Payload, etag);
            }
        }

        var next = committed with { Generation = committed.Generation + 1, Digest = digest.Next };
        statements.WriteMark(next, transaction);
        transaction.Commit();
        digest.Commit();
        committed = next;
        if (durability == Durability.PowerLoss)
        {
            noted = next;
            Changed?.Invoke();
        }
    }

    /// <summary>
    /// Without a sync per commit a power failure may lose commits, so the journal records marks only after this checkpoint.
    /// </summary>
    private void NoteAfterCheckpoint()
    {
        if (durability == Durability.ProcessCrash && Problem is null)
        {
            SqliteFile.Execute(connection, "PRAGMA wal_checkpoint(FULL)");
            noted = committed;
            Changed?.Invoke();
        }
    }
}
