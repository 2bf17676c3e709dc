using Npgsql;

namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>Compares the cluster's journal in PostgreSQL with decisions seen on their topic.</summary>
internal static class JournalRows
{
    private static readonly TimeSpan CatchUpMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    /// <returns>How many of the ids the journal lacks, once it has caught up or the time is over.</returns>
    public static async Task<int> MissingAsync(string database, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.Distinct(StringComparer.Ordinal).ToArray();
        await using var source = NpgsqlDataSource.Create(database);
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var missing = await CountAsync(source, wanted, cancellationToken);
            if (missing == 0 || TimeProvider.System.GetElapsedTime(started) > CatchUpMax)
            {
                return missing;
            }

            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
        }
    }

    private static async Task<int> CountAsync(NpgsqlDataSource source, string[] wanted, CancellationToken cancellationToken)
    {
        await using var count = source.CreateCommand(
            "SELECT count(*) FROM unnest($1) AS wanted(id) WHERE NOT EXISTS (SELECT FROM btcagent.decisions d WHERE d.id = wanted.id)");
        count.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = wanted });
        return (int)(long)(await count.ExecuteScalarAsync(cancellationToken))!;
    }
}
