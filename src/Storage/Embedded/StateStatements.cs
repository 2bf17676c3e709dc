using Microsoft.Data.Sqlite;

namespace BtcAgent.Storage.Embedded;

/// <summary>The prepared statements of the writer.</summary>
internal sealed class StateStatements : IDisposable
{
    private readonly SqliteCommand insert;
    private readonly SqliteCommand update;
    private readonly SqliteCommand mark;
    private readonly SqliteCommand probe;
    private readonly SqliteConnection connection;

    public StateStatements(SqliteConnection connection)
    {
        this.connection = connection;
        insert = Prepare(connection, """
            INSERT INTO grain_state (service_id, state_name, grain_key, payload, etag, modified_unix_ms)
            VALUES ($service, $state, $grain, $payload, 1, $now) ON CONFLICT DO NOTHING
            """);
        update = Prepare(connection, """
            UPDATE grain_state SET payload=$payload, etag=etag+1, modified_unix_ms=$now
            WHERE service_id=$service AND state_name=$state AND grain_key=$grain AND etag=$etag
            """);
        update.Parameters.Add("$etag", SqliteType.Integer);
        mark = connection.CreateCommand();
        mark.CommandText = "INSERT OR REPLACE INTO state_mark (one, id, generation, digest) VALUES (1, $id, $generation, $digest)";
        mark.Parameters.Add("$id", SqliteType.Text);
        mark.Parameters.Add("$generation", SqliteType.Integer);
        mark.Parameters.Add("$digest", SqliteType.Integer);
        probe = connection.CreateCommand();
        probe.CommandText = "INSERT OR REPLACE INTO probe (one, filler) VALUES (1, zeroblob($bytes))";
        probe.Parameters.Add("$bytes", SqliteType.Integer);
    }

    /// <summary>Adds every row to the digest; returns the number of rows.</summary>
    public int ReadInto(StateDigest digest)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT service_id, state_name, grain_key, payload, etag FROM grain_state";
        using var row = command.ExecuteReader();
        var count = 0;
        for (; row.Read(); count++)
        {
            digest.Change(new StateKey(row.GetString(0), row.GetString(1), row.GetString(2)), row.IsDBNull(3) ? null : row.GetString(3), row.GetInt64(4));
        }

        digest.Commit();
        return count;
    }

    /// <summary>Returns the stored mark; null when there is none.</summary>
    public StateMark? ReadMark()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, generation, digest FROM state_mark";
        using var row = command.ExecuteReader();
        return row.Read() ? new StateMark(row.GetString(0), row.GetInt64(1), row.GetInt64(2)) : null;
    }

    public void WriteMark(StateMark next, SqliteTransaction? transaction)
    {
        mark.Transaction = transaction;
        mark.Parameters["$id"].Value = next.Id;
        mark.Parameters["$generation"].Value = next.Generation;
        mark.Parameters["$digest"].Value = next.Digest;
        mark.ExecuteNonQuery();
    }

    /// <summary>Writes the given number of bytes in place of the previous probe.</summary>
    public void Probe(int bytes, SqliteTransaction transaction)
    {
        probe.Transaction = transaction;
        probe.Parameters["$bytes"].Value = bytes;
        probe.ExecuteNonQuery();
    }

    /// <summary>Writes a row and returns its new ETag; null when the row's ETag differs from the expected one.</summary>
    public long? Apply(StateWrite write, long nowUnixMs, SqliteTransaction transaction)
    {
        var command = write.ExpectedETag is null ? insert : update;
        command.Transaction = transaction;
        command.Parameters["$service"].Value = write.Key.ServiceId;
        command.Parameters["$state"].Value = write.Key.StateName;
        command.Parameters["$grain"].Value = write.Key.GrainKey;
        command.Parameters["$payload"].Value = (object?)write.Payload ?? DBNull.Value;
        command.Parameters["$now"].Value = nowUnixMs;
        if (write.ExpectedETag is { } etag)
        {
            command.Parameters["$etag"].Value = etag;
        }

        return command.ExecuteNonQuery() == 1 ? (write.ExpectedETag ?? 0) + 1 : null;
    }

    public void Dispose()
    {
        insert.Dispose();
        update.Dispose();
        mark.Dispose();
        probe.Dispose();
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.Add("$service", SqliteType.Text);
        command.Parameters.Add("$state", SqliteType.Text);
        command.Parameters.Add("$grain", SqliteType.Text);
        command.Parameters.Add("$payload", SqliteType.Text);
        command.Parameters.Add("$now", SqliteType.Integer);
        return command;
    }
}
