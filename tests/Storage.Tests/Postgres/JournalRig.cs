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

    private const string Topic = "risk_decisions";

    public static PostgresJournal Open(string database) => new(new PostgresOptions { ConnectionString = database });

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

    public static JournalPlace Place(long from, long next, int partition = 0) => new("kafka", Topic, partition, from, next);

    public static Task<long?> NextAsync(PostgresJournal journal, int partition = 0) =>
        journal.NextAsync("kafka", Topic, partition, CancellationToken.None);
}
