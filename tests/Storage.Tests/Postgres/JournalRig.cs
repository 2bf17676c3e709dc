using BtcAgent.Storage.Embedded;
using BtcAgent.Storage.Postgres;
using BtcAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace BtcAgent.Storage.Tests.Postgres;

/// <summary>Journals over fresh databases, and entries for them.</summary>
internal static class JournalRig
{
    /// <summary>Spaces and order must survive the round trip.</summary>
    private const string Json = "{ \"b\": 1,  \"a\":\"€\" }";

    public static PostgresJournal Open(
        string database, int queueMax = 16_384, int batchMax = 512, TimeProvider? time = null) => new(
            new PostgresOptions { ConnectionString = database, JournalQueueMax = queueMax, JournalBatchMax = batchMax },
            time ?? TimeProvider.System,
            NullLogger<PostgresJournal>.Instance);

    public static async Task<string> MigratedAsync(PostgresServer server)
    {
        var database = await server.NewDatabaseAsync();
        await MigrateAsync(database);
        return database;
    }

    public static Task<int> MigrateAsync(string database) =>
        new PostgresMigrator(NullLogger<PostgresMigrator>.Instance).MigrateAsync(database, CancellationToken.None);

    public static JournalEntry Entry(int index) =>
        new($"d{index}", 1_700_000_000_123_456_789 + index, "BTC", "", $"p{index % 2}", "decision", Json);
}
