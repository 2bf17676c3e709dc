using System.Globalization;
using Npgsql;

namespace BtcAgent.History.Sinks.Timescale;

/// <summary>Creates and drops the partitions of a server without TimescaleDB: days of busy tables, months of the others, in UTC.</summary>
internal sealed class NativePartitions(TimescaleOptions options)
{
    private const int DaysAhead = 3;
    private const string Names = """
        SELECT child.relname::text FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
        WHERE inhparent = $1::regclass
        """;

    private readonly Dictionary<string, TimescaleTable> _tables = TimescaleTable.All(options).ToDictionary(table => table.Name);
    private readonly HashSet<string> _known = [];

    /// <summary>Names of the partitions that hold a time, in ns since 1970.</summary>
    public string? NameOf(string table, long unixNs) => _tables.TryGetValue(table, out var found) ? NameOf(found, StartOf(found, unixNs)) : null;

    /// <summary>Forgets what exists, because a transaction that created partitions was rolled back.</summary>
    public void Forget() => _known.Clear();

    /// <summary>Creates the partitions of the given times that are missing, in the caller's transaction.</summary>
    public async Task CreateAsync(NpgsqlConnection connection, string table, IEnumerable<long> times, CancellationToken cancellationToken)
    {
        if (!_tables.TryGetValue(table, out var found))
        {
            return;
        }

        foreach (var start in times.Select(time => StartOf(found, time)).Distinct())
        {
            var name = NameOf(found, start);
            if (_known.Contains(name))
            {
                continue;
            }

            var end = found.IsDaily ? start.AddDays(1) : start.AddMonths(1);
            await ExecuteAsync(
                connection,
                $"CREATE TABLE IF NOT EXISTS trading.{name} PARTITION OF trading.{table} FOR VALUES FROM ('{Text(start)}') TO ('{Text(end)}')",
                cancellationToken);
            _known.Add(name);
        }
    }

    /// <summary>Creates the partitions of the next days, so that a batch seldom waits for one.</summary>
    public async Task CreateAheadAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var times = Enumerable.Range(0, DaysAhead + 1).Select(day => Timestamp.FromDateTimeOffset(now.AddDays(day)).UnixNanoseconds).ToList();
        foreach (var table in _tables.Keys)
        {
            await CreateAsync(connection, table, times, cancellationToken);
        }
    }

    /// <summary>Drops partitions whose last moment is older than their table's retention; returns their names.</summary>
    public async Task<IReadOnlyList<string>> DropOldAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var dropped = new List<string>();
        foreach (var table in _tables.Values)
        {
            if (table.Retention is not { } kept)
            {
                continue;
            }

            var oldest = NameOf(table, StartOf(table, Timestamp.FromDateTimeOffset(now - kept).UnixNanoseconds));
            foreach (var name in await NamesAsync(connection, table.Name, cancellationToken))
            {
                if (name.StartsWith($"{table.Name}_p", StringComparison.Ordinal) && string.CompareOrdinal(name, oldest) < 0)
                {
                    await ExecuteAsync(connection, $"DROP TABLE trading.{name}", cancellationToken);
                    _known.Remove(name);
                    dropped.Add(name);
                }
            }
        }

        return dropped;
    }

    private static DateTime StartOf(TimescaleTable table, long unixNs)
    {
        var day = DateTime.UnixEpoch.AddTicks(unixNs / 100).Date;
        return table.IsDaily ? day : new DateTime(day.Year, day.Month, 1, 0, 0, 0, DateTimeKind.Utc);
    }

    private static string NameOf(TimescaleTable table, DateTime start) =>
        $"{table.Name}_p{start.ToString(table.IsDaily ? "yyyyMMdd" : "yyyyMM", CultureInfo.InvariantCulture)}";

    private static string Text(DateTime start) => start.ToString("yyyy-MM-dd 00:00:00+00", CultureInfo.InvariantCulture);

    private static async Task<List<string>> NamesAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Names, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = $"trading.{table}" });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var names = new List<string>();
        while (await row.ReadAsync(cancellationToken))
        {
            names.Add(row.GetString(0));
        }

        return names;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
