using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace BtcAgent.Storage.Embedded;

/// <summary>
/// Grain state in <c>state.db</c>: compare-and-swap rows, written by one thread that commits many writes at once.
/// A write is confirmed only after the commit that holds it.
/// </summary>
public sealed class StateStore : IDisposable
{
    private const int SchemaVersion = 1;

    private const string Schema = """
        CREATE TABLE IF NOT EXISTS grain_state (
            service_id TEXT NOT NULL,
            state_name TEXT NOT NULL,
            grain_key TEXT NOT NULL,
            payload TEXT,
            etag INTEGER NOT NULL,
            modified_unix_ms INTEGER NOT NULL,
            PRIMARY KEY (service_id, state_name, grain_key)
        ) WITHOUT ROWID
        """;

    private readonly string path;
    private readonly TimeProvider time;
    private readonly SqliteConnection connection;
    private readonly StateStatements statements;
    private readonly GroupCommit<StateWrite> writer;
    private bool disposed;

    /// <exception cref="EmbeddedStoreException">The file cannot be opened, or is damaged.</exception>
    public StateStore(DataFolder folder, EmbeddedStoreOptions options, TimeProvider time)
    {
        path = folder.StatePath;
        this.time = time;
        connection = SqliteFile.OpenWriter(path, options.Durability, SchemaVersion, Schema, check: true);
        var pageSize = (long)SqliteFile.Scalar(connection, "PRAGMA page_size")!;
        SqliteFile.Execute(connection, $"PRAGMA max_page_count={options.StateSizeMaxMb * 1_048_576L / pageSize}");
        LastWrite = SqliteFile.Scalar(connection, "SELECT max(modified_unix_ms) FROM grain_state") is long ms
            ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;
        statements = new StateStatements(connection);
        writer = new GroupCommit<StateWrite>("state.db writer", options.StateQueueMax, options.BatchMax, Commit);
    }

    /// <summary>When the state was written last before it was opened, by the clock of then; null when it is new.</summary>
    public DateTimeOffset? LastWrite { get; }

    /// <summary>Null when the row was never written.</summary>
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

    /// <summary>Replaces the row if its tag is still the expected one.</summary>
    /// <param name="key">The row.</param>
    /// <param name="payload">JSON; null clears.</param>
    /// <param name="expectedETag">Null: the row must not exist yet.</param>
    /// <returns>The new tag, or null when another write came first.</returns>
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

    /// <summary>Commits what was taken, then closes the file.</summary>
    public void Dispose()
    {
        if (!disposed)
        {
            disposed = true;
            writer.Dispose();
            statements.Dispose();
            SqliteFile.CloseReaders(path);
            connection.Dispose();
        }
    }

    private void Commit(List<StateWrite> batch)
    {
        try
        {
            using (var transaction = connection.BeginTransaction())
            {
                var now = time.GetUtcNow().ToUnixTimeMilliseconds();
                foreach (var write in batch)
                {
                    write.Outcome = statements.Apply(write, now, transaction);
                }

                transaction.Commit();
            }

            foreach (var write in batch)
            {
                write.Confirm();
            }
        }
        catch (Exception error)
        {
            var reason = error is SqliteException sqlite ? SqliteFile.Explain(sqlite, path, "raise StateSizeMaxMb") : error;
            foreach (var write in batch)
            {
                write.Fail(reason);
            }
        }
    }
}
