using BtcAgent.Silo.Roles;
using BtcAgent.Silo.Settings;
using BtcAgent.Silo.Settings.Checks;
using BtcAgent.Testing;
using Npgsql;

namespace BtcAgent.Silo.Tests.Roles;

/// <summary><c>--role migrate</c>, as the chart's job runs it: with only a connection string.</summary>
public sealed class DatabaseMigrationTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"btcagent-migrate-{Guid.NewGuid():N}");

    public void Dispose() => Assert.False(Directory.Exists(_folder), "a migration needs no data folder");

    [Fact]
    public async Task Run_EmptyDatabaseTwice_EndsWithSuccessAndLeavesTheTables()
    {
        await using var server = new PostgresServer();
        var database = await server.NewDatabaseAsync();

        Assert.Equal(ExitCodes.Ok, await AgentHost.RunAsync(Migrate(("Cluster:Postgres", database)), TestContext.Current.CancellationToken));
        Assert.Equal(ExitCodes.Ok, await AgentHost.RunAsync(Migrate(("Cluster:Postgres", database)), TestContext.Current.CancellationToken));

        await using var source = NpgsqlDataSource.Create(database);
        await using var count = source.CreateCommand("SELECT count(*) FROM pg_tables WHERE tablename = 'decisions'");
        Assert.Equal(1L, await count.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Run_WithoutADatabase_NamesTheSetting()
    {
        var refused = await Assert.ThrowsAsync<StartupException>(() => DatabaseMigration.RunAsync(Migrate(), TestContext.Current.CancellationToken));

        Assert.Contains("Cluster__Postgres", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_MisspeltSetting_IsRefused() => await Assert.ThrowsAsync<SettingsException>(
        () => DatabaseMigration.RunAsync(Migrate(("Cluster:Postgress", "Host=x")), TestContext.Current.CancellationToken));

    private AgentSettings Migrate(params (string Key, string Value)[] settings) => new()
    {
        Role = NodeRole.Migrate,
        DataFolder = _folder,
        Overrides = [.. settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value))],
    };
}
