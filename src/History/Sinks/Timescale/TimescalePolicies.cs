using Npgsql;
using NpgsqlTypes;

namespace BtcAgent.History.Sinks.Timescale;

/// <summary>Brings TimescaleDB's chunk intervals and its jobs of compression and retention in line with the options.</summary>
internal static class TimescalePolicies
{
    private const string Current = """
        SELECT (SELECT (config ->> $3)::interval FROM timescaledb_information.jobs
            WHERE hypertable_schema = 'trading' AND hypertable_name = $1 AND proc_name = $2)
        """;

    public static async Task ApplyAsync(NpgsqlConnection connection, TimescaleOptions options, CancellationToken cancellationToken)
    {
        var compressAfter = TimeSpan.FromDays(options.CompressAfterDays);
        foreach (var table in TimescaleTable.All(options))
        {
            await RunAsync(connection, $"SELECT set_chunk_time_interval('trading.{table.Name}', $1)", table.Chunk, cancellationToken);
            var compression = await CurrentAsync(connection, table, "policy_compression", "compress_after", cancellationToken);
            if (compression != compressAfter)
            {
                await RunAsync(connection, $"SELECT remove_compression_policy('trading.{table.Name}', if_exists => true)", null, cancellationToken);
                await RunAsync(
                    connection, $"SELECT add_compression_policy('trading.{table.Name}', compress_after => $1)", compressAfter, cancellationToken);
            }

            var retention = await CurrentAsync(connection, table, "policy_retention", "drop_after", cancellationToken);
            if (retention != table.Retention)
            {
                await RunAsync(connection, $"SELECT remove_retention_policy('trading.{table.Name}', if_exists => true)", null, cancellationToken);
            }

            if (retention != table.Retention && table.Retention is { } kept)
            {
                await RunAsync(connection, $"SELECT add_retention_policy('trading.{table.Name}', drop_after => $1)", kept, cancellationToken);
            }
        }
    }

    private static async Task<TimeSpan?> CurrentAsync(
        NpgsqlConnection connection, TimescaleTable table, string job, string setting, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Current, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table.Name });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = job });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = setting });
        return await command.ExecuteScalarAsync(cancellationToken) is TimeSpan found ? found : null;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, TimeSpan? interval, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        if (interval is { } value)
        {
            command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Interval });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
