using BtcAgent.Storage.Postgres;
using BtcAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace BtcAgent.Storage.Tests.Postgres;

public sealed class PostgresMigratorTests(PostgresServer server)
{
    private readonly PostgresMigrator migrator = new(NullLogger<PostgresMigrator>.Instance);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Migrate_EmptyDatabaseTwice_AppliesEachMigrationOnce()
    {
        var database = await server.NewDatabaseAsync();

        Assert.Equal(5, await migrator.MigrateAsync(database, Token));
        Assert.Equal(0, await migrator.MigrateAsync(database, Token));

        Assert.Equal(
            "0001_membership.sql 0002_grain_state.sql 0003_reminders.sql 0004_decisions.sql 0005_journal_places.sql",
            await ScalarAsync(database, "SELECT string_agg(name, ' ' ORDER BY number) FROM btcagent.schema_migration"));
    }

    [Fact]
    public async Task Migrate_FourAtOnce_OneAppliesTheOthersFindItDone()
    {
        var database = await server.NewDatabaseAsync();

        var counts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => migrator.MigrateAsync(database, Token)));

        Assert.Equal([0, 0, 0, 5], counts.Order());
        Assert.Equal(5L, await ScalarAsync(database, "SELECT count(*) FROM btcagent.schema_migration"));
    }

    [Fact]
    public async Task Migrate_LockHeldTooLong_SaysThatAnotherMigrates()
    {
        var database = await server.NewDatabaseAsync();
        await using var other = new NpgsqlConnection(database);
        await other.OpenAsync(Token);
        await using var hold = new NpgsqlCommand($"SELECT pg_advisory_lock({0x6274636167656e74})", other);
        await hold.ExecuteNonQueryAsync(Token);

        var error = await Assert.ThrowsAsync<PostgresStoreException>(
            () => migrator.MigrateAsync($"{database};Command Timeout=1", Token));

        Assert.Contains("another silo has been migrating for 1 s", error.Message);
    }

    [Fact]
    public async Task Migrate_AppliedMigrationDiffers_IsRefusedAndChangesNothing()
    {
        var database = await MigratedAsync();
        await ScalarAsync(database, "UPDATE btcagent.schema_migration SET checksum = 'other' WHERE number = 2");
        await ScalarAsync(database, "DELETE FROM btcagent.schema_migration WHERE number = 4");
        await ScalarAsync(database, "DROP TABLE btcagent.decisions");

        var error = await Assert.ThrowsAsync<PostgresStoreException>(() => migrator.MigrateAsync(database, Token));

        Assert.Contains("0002_grain_state.sql was applied in a different form", error.Message);
        Assert.Equal(true, await ScalarAsync(database, "SELECT to_regclass('btcagent.decisions') IS NULL"));
    }

    [Fact]
    public async Task Migrate_SchemaNewerThanTheCode_IsRefused()
    {
        var database = await MigratedAsync();
        await ScalarAsync(database, "INSERT INTO btcagent.schema_migration VALUES (9999, '9999_future.sql', 'x')");

        var error = await Assert.ThrowsAsync<PostgresStoreException>(() => migrator.MigrateAsync(database, Token));

        Assert.Contains("9999_future.sql", error.Message);
        Assert.Contains("run the newer version", error.Message);
    }

    [Fact]
    public async Task Migrate_MigrationFails_LeavesNothingOfItBehind()
    {
        var database = await server.NewDatabaseAsync();
        await ScalarAsync(database, "CREATE SCHEMA btcagent; CREATE TABLE btcagent.grain_state_json (taken integer)");

        await Assert.ThrowsAsync<PostgresStoreException>(() => migrator.MigrateAsync(database, Token));

        Assert.Equal(true, await ScalarAsync(database, "SELECT to_regclass('btcagent.grain_state') IS NULL"));
        await ScalarAsync(database, "DROP TABLE btcagent.grain_state_json");
        Assert.Equal(4, await migrator.MigrateAsync(database, Token));
    }

    [Fact]
    public async Task Migrate_UserWithoutCreateRight_AcceptsASchemaUpToDate()
    {
        var database = await MigratedAsync();
        await ScalarAsync(database, "CREATE ROLE reader LOGIN; GRANT USAGE ON SCHEMA btcagent TO reader");
        await ScalarAsync(database, "GRANT SELECT ON ALL TABLES IN SCHEMA btcagent TO reader");

        Assert.Equal(0, await migrator.MigrateAsync(database.Replace("Username=postgres", "Username=reader"), Token));
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=agent;Password=s3cret;Database=agent", "127.0.0.1:1 does not answer")]
    [InlineData("Host=127.0.0.1;Port=s3cret", "cannot be read")]
    [InlineData("Host=127.0.0.1;Password=a;s3cret=b", "cannot be read")]
    [InlineData("s3cret", "cannot be read")]
    [InlineData("Port=5432;Password=s3cret", "cannot be read")]
    public async Task Migrate_NoServerToReach_SaysWhereInOneLineWithoutThePassword(
        string connectionString, string expected)
    {
        var error = await Assert.ThrowsAsync<PostgresStoreException>(
            () => migrator.MigrateAsync(connectionString, Token));

        Assert.Contains(expected, error.Message);
        Assert.DoesNotContain('\n', error.Message);
        Assert.DoesNotContain("s3cret", error.ToString());
    }

    [Theory]
    [InlineData("Database=absent", "has no database 'absent'")]
    [InlineData("Username=nobody", "refuses user 'nobody'")]
    public async Task Migrate_ServerRefuses_NamesWhatToMend(string part, string expected)
    {
        var database = await server.NewDatabaseAsync();

        var error = await Assert.ThrowsAsync<PostgresStoreException>(
            () => migrator.MigrateAsync($"{database};{part}", Token));

        Assert.Contains(expected, error.Message);
    }

    private async Task<string> MigratedAsync()
    {
        var database = await server.NewDatabaseAsync();
        await migrator.MigrateAsync(database, Token);
        return database;
    }

    private static async Task<object?> ScalarAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Token);
    }
}
