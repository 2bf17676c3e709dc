using Microsoft.Data.Sqlite;

namespace BtcAgent.Storage.Embedded;

/// <summary>The prepared statements of the one writer.</summary>
internal sealed class StateStatements : IDisposable
{
    private readonly SqliteCommand insert;
    private readonly SqliteCommand update;

    public StateStatements(SqliteConnection connection)
    {
        insert = Prepare(connection, """
            INSERT INTO grain_state (service_id, state_name, grain_key, payload, etag, modified_unix_ms)
            VALUES ($service, $state, $grain, $payload, 1, $now) ON CONFLICT DO NOTHING
            """);
        update = Prepare(connection, """
            UPDATE grain_state SET payload=$payload, etag=etag+1, modified_unix_ms=$now
            WHERE service_id=$service AND state_name=$state AND grain_key=$grain AND etag=$etag
            """);
        update.Parameters.Add("$etag", SqliteType.Integer);
    }

    /// <summary>The row's new tag; null when the tag expected is not the row's.</summary>
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
