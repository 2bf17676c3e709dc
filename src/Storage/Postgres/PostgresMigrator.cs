using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace BtcAgent.Storage.Postgres;

/// <summary>
/// Migrates the schema of the PostgreSQL store to this version. Safe when several silos start at once:
/// one migrates while the others wait for its lock.
/// </summary>
public sealed partial class PostgresMigrator(ILogger<PostgresMigrator> logger)
{
    /// <summary>Key of the advisory lock: "btcagent" in ASCII.</summary>
    private const long LockKey = 0x6274636167656e74;

    /// <summary>
    /// Returns the number of applied migrations. Waits for another silo's migration, and for each statement of a migration, up
    /// to the connection string's Command Timeout (30 s by default).
    /// </summary>
    /// <exception cref="PostgresStoreException">
    /// The server cannot be reached or refuses, an applied migration differs from this version's, or the schema is newer.
    /// </exception>
    public async Task<int> MigrateAsync(string connectionString, CancellationToken cancellationToken)
    {
        // Without pooling, closing the connection ends the session, and with it the lock.
        var parts = PostgresConnection.Parse(connectionString);
        parts.Pooling = false;
        try
        {
            await using var connection = new NpgsqlConnection(parts.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            await LockAsync(connection, parts, cancellationToken);
            return await MigrateAsync(connection, cancellationToken);
        }
        catch (NpgsqlException error)
        {
            throw PostgresConnection.Explain(error, connectionString);
        }
    }

    private async Task<int> MigrateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await PrepareAsync(connection, cancellationToken);
        var applied = await AppliedAsync(connection, cancellationToken);
        Check(applied);
        var pending = Migration.All.Where(migration => !applied.ContainsKey(migration.Number)).ToList();
        foreach (var migration in pending)
        {
            await ApplyAsync(connection, migration, cancellationToken);
            LogApplied(logger, migration.Name);
        }

        return pending.Count;
    }

    private static async Task LockAsync(
        NpgsqlConnection connection, NpgsqlConnectionStringBuilder parts, CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync(connection, $"SELECT pg_advisory_lock({LockKey})", cancellationToken);
        }
        catch (NpgsqlException error) when (error.InnerException is TimeoutException)
        {
            throw new PostgresStoreException(
                $"PostgreSQL at {parts.Host}:{parts.Port}: another silo has been migrating for "
                + $"{parts.CommandTimeout} s: let it end, or raise Command Timeout in the connection string", error);
        }
    }

    /// <summary>Checks before it creates, so that a user without the right to create can run on an up-to-date schema.</summary>
    private static async Task PrepareAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        const string Look = "SELECT to_regclass('btcagent.schema_migration') IS NOT NULL";
        await using var look = new NpgsqlCommand(Look, connection);
        if (await look.ExecuteScalarAsync(cancellationToken) is false)
        {
            await ExecuteAsync(connection, "CREATE SCHEMA IF NOT EXISTS btcagent", cancellationToken);
            const string Table = """
                CREATE TABLE btcagent.schema_migration (
                    number integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL,
                    applied_at timestamptz NOT NULL DEFAULT now())
                """;
            await ExecuteAsync(connection, Table, cancellationToken);
        }
    }

    private static async Task<Dictionary<int, (string Name, string Checksum)>> AppliedAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        const string Select = "SELECT number, name, checksum FROM btcagent.schema_migration";
        await using var command = new NpgsqlCommand(Select, connection);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var applied = new Dictionary<int, (string, string)>();
        while (await row.ReadAsync(cancellationToken))
        {
            applied.Add(row.GetInt32(0), (row.GetString(1), row.GetString(2)));
        }

        return applied;
    }

    private static void Check(Dictionary<int, (string Name, string Checksum)> applied)
    {
        var newest = Migration.All[^1].Number;
        if (applied.Count > 0 && applied.Keys.Max() is var found && found > newest)
        {
            throw new PostgresStoreException(
                $"the PostgreSQL schema is at {applied[found].Name}, this version knows {newest:D4} at most: "
                + "run the newer version or restore a backup");
        }

        foreach (var migration in Migration.All)
        {
            if (applied.TryGetValue(migration.Number, out var kept) && kept.Checksum != migration.Checksum)
            {
                throw new PostgresStoreException(
                    $"migration {kept.Name} was applied in a different form than this version's: run the version "
                    + "that applied it, or undo its change and put that into a new migration");
            }
        }
    }

    private static async Task ApplyAsync(
        NpgsqlConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, migration.Sql, cancellationToken);
        await using var record = new NpgsqlCommand(
            "INSERT INTO btcagent.schema_migration (number, name, checksum) VALUES ($1, $2, $3)", connection);
        record.Parameters.Add(new() { Value = migration.Number, NpgsqlDbType = NpgsqlDbType.Integer });
        record.Parameters.Add(new() { Value = migration.Name, NpgsqlDbType = NpgsqlDbType.Text });
        record.Parameters.Add(new() { Value = migration.Checksum, NpgsqlDbType = NpgsqlDbType.Text });
        await record.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
