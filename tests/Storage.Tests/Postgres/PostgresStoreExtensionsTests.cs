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

    [Theory]
    [InlineData("", 1, 1, "ConnectionString")]
    [InlineData("Host=localhost", 0, 1, "JournalQueueMax")]
    [InlineData("Host=localhost", 1, 10_001, "JournalBatchMax")]
    public async Task AddPostgresStore_OptionOutOfRange_NamesIt(
        string connection, int queueMax, int batchMax, string expected)
    {
        await using var provider = Provider(options =>
            (options.ConnectionString, options.JournalQueueMax, options.JournalBatchMax) =
                (connection, queueMax, batchMax));

        var error = Assert.Throws<OptionsValidationException>(provider.GetRequiredService<PostgresJournal>);

        Assert.Contains(expected, error.Message);
    }

    private static ServiceProvider Provider(Action<PostgresOptions> configure) =>
        new ServiceCollection().AddLogging().AddPostgresStore(configure).BuildServiceProvider();
}
