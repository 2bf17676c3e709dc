using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace BtcAgent.Storage.Postgres;

/// <summary>
/// Migrates a schema in PostgreSQL to this version: by default that of the store. Safe when several silos start at once:
/// one migrates while the others wait for its lock.
/// </summary>
public sealed partial class PostgresMigrator(ILogger<PostgresMigrator> logger)
{
    /// <summary>
    /// Returns the number of applied migrations. Waits for another silo's migration, and for each statement of a migration, up
    /// to the connection string's Command Timeout (30 s by default).
    /// </summary>
    /// <exception cref="PostgresStoreException">
    /// The server cannot be reached or refuses, an applied migration differs from this version's, or the schema is newer.
    /// </exception>
    public Task<int> MigrateAsync(string connectionString, CancellationToken cancellationToken) =>
        MigrateAsync(connectionString, MigrationSet.Store, cancellationToken);

    /// <inheritdoc cref="MigrateAsync(string, CancellationToken)"/>
    public async Task<int> MigrateAsync(string connectionString, MigrationSet migrations, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(migrations);

        // Without pooling, closing the connection ends the session, and with it the lock.
        var parts = PostgresConnection.Parse(connectionString);
        parts.Pooling = false;
        try
        {
            await using var connection = new NpgsqlConnection(parts.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            await LockAsync(connection, migrations, parts, cancellationToken);
            return await MigrateAsync(connection, migrations, cancellationToken);
        }
        catch (NpgsqlException error)
        {
            throw PostgresConnection.Explain(error, connectionString, migrations.Schema);
        }
    }

    private async Task<int> MigrateAsync(
        NpgsqlConnection connection, MigrationSet migrations, CancellationToken cancellationToken)
    {
        await PrepareAsync(connection, migrations.Schema, cancellationToken);
        var applied = await AppliedAsync(connection, migrations.Schema, cancellationToken);
        Check(applied, migrations);
        var pending = migrations.All.Where(migration => !applied.ContainsKey(migration.Number)).ToList();
        foreach (var migration in pending)
        {
            await ApplyAsync(connection, migrations.Schema, migration, cancellationToken);
            LogApplied(logger, migrations.Schema, migration.Name);
        }

        return pending.Count;
    }

    private static async Task LockAsync(
        NpgsqlConnection connection, MigrationSet migrations, NpgsqlConnectionStringBuilder parts, CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync(connection, $"SELECT pg_advisory_lock({migrations.LockKey})", cancellationToken);
        }
        catch (NpgsqlException error) when (error.InnerException is TimeoutException)
        {
            throw new PostgresStoreException(
                $"PostgreSQL at {parts.Host}:{parts.Port}: another silo has been migrating for "
                + $"{parts.CommandTimeout} s: let it end, or raise Command Timeout in the connection string", error);
        }
    }

    /// <summary>Checks before it creates, so that a user without the right to create can run on an up-to-date schema.</summary>
    private static async Task PrepareAsync(NpgsqlConnection connection, string schema, CancellationToken cancellationToken)
    {
        await using var look = new NpgsqlCommand($"SELECT to_regclass('{schema}.schema_migration') IS NOT NULL", connection);
        if (await look.ExecuteScalarAsync(cancellationToken) is false)
        {
            await ExecuteAsync(connection, $"CREATE SCHEMA IF NOT EXISTS {schema}", cancellationToken);
            var table = $"""
                CREATE TABLE {schema}.schema_migration (
                    number integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL,
                    applied_at timestamptz NOT NULL DEFAULT now())
                """;
            await ExecuteAsync(connection, table, cancellationToken);
        }
    }

    private static async Task<Dictionary<int, (string Name, string Checksum)>> AppliedAsync(
        NpgsqlConnection connection, string schema, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"SELECT number, name, checksum FROM {schema}.schema_migration", connection);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var applied = new Dictionary<int, (string, string)>();
        while (await row.ReadAsync(cancellationToken))
        {
            applied.Add(row.GetInt32(0), (row.GetString(1), row.GetString(2)));
        }

        return applied;
    }

    private static void Check(Dictionary<int, (string Name, string Checksum)> applied, MigrationSet migrations)
    {
        var newest = migrations.All[^1].Number;
        if (applied.Count > 0 && applied.Keys.Max() is var found && found > newest)
        {
            throw new PostgresStoreException(
                $"the PostgreSQL schema {migrations.Schema} is at {applied[found].Name}, this version knows {newest:D4} at most: "
                + "run the newer version or restore a backup");
        }

        foreach (var migration in migrations.All)
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
        NpgsqlConnection connection, string schema, Migration migration, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, migration.Sql, cancellationToken);
        await using var record = new NpgsqlCommand(
            $"INSERT INTO {schema}.schema_migration (number, name, checksum) VALUES ($1, $2, $3)", connection);
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
