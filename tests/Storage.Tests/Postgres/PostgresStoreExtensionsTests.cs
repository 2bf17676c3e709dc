using BtcAgent.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BtcAgent.Storage.Tests.Postgres;

public sealed class PostgresStoreExtensionsTests
{
    [Fact]
    public async Task AddPostgresStore_WithConnectionString_GivesTheStore()
    {
        await using var provider = Provider(options => options.ConnectionString = "Host=localhost");

        Assert.NotNull(provider.GetRequiredService<PostgresMigrator>());
        Assert.Same(provider.GetRequiredService<PostgresJournal>(), provider.GetRequiredService<PostgresJournal>());
    }

    [Fact]
    public async Task AddPostgresStore_WithoutConnectionString_NamesIt()
    {
        await using var provider = Provider(_ => { });

        var error = Assert.Throws<OptionsValidationException>(provider.GetRequiredService<PostgresJournal>);

        Assert.Contains("ConnectionString", error.Message);
    }

    private static ServiceProvider Provider(Action<PostgresOptions> configure) =>
        new ServiceCollection().AddLogging().AddPostgresStore(configure).BuildServiceProvider();
}
