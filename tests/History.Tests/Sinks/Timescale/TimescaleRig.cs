using BtcAgent.History.Log;
using BtcAgent.History.Sinks;
using BtcAgent.History.Sinks.Timescale;
using BtcAgent.Storage.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace BtcAgent.History.Tests.Sinks.Timescale;

/// <summary>A sink with its own database.</summary>
internal sealed class TimescaleRig(string connectionString, Action<TimescaleOptions>? configure = null) : IAsyncDisposable
{
    private TimescaleSink? _sink;

    public LineLogger<TimescaleSink> Log { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2024, 8, 10, 0, 0, 0, TimeSpan.Zero));

    public TimescaleSink Sink => _sink ??= NewSink();

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public TimescaleSink NewSink()
    {
        var options = new TimescaleOptions { ConnectionString = connectionString };
        configure?.Invoke(options);
        return new TimescaleSink(options, new PostgresMigrator(NullLogger<PostgresMigrator>.Instance), Time, Log);
    }

    /// <summary>Ends the session that holds the sink's name, as a lost connection does.</summary>
    public Task EndLockSessionAsync() => ScalarAsync<object>("""
        SELECT count(pg_terminate_backend(pid)) FROM pg_locks
        WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """);

    public async Task StoreAsync(IEnumerable<FactBatch> batches)
    {
        foreach (var batch in batches)
        {
            await Sink.WriteAsync(batch, Token);
        }
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        var value = await command.ExecuteScalarAsync(Token);
        return value is DBNull or null ? default! : (T)value;
    }

    /// <summary>Rows as text, columns divided by a bar.</summary>
    public async Task<List<string>> RowsAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var row = await command.ExecuteReaderAsync(Token);
        var rows = new List<string>();
        while (await row.ReadAsync(Token))
        {
            rows.Add(string.Join('|', Enumerable.Range(0, row.FieldCount).Select(i => row.IsDBNull(i) ? "null" : Text(row.GetValue(i)))));
        }

        return rows;
    }

    public Task<long?> CheckpointAsync(LogPartition partition) => Sink.CheckpointAsync(partition, Token);

    public async ValueTask DisposeAsync()
    {
        if (_sink is not null)
        {
            await _sink.DisposeAsync();
        }

        // The server ends before the pools do.
        NpgsqlConnection.ClearAllPools();
    }

    private static string Text(object value) => value switch
    {
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", null),
        Array array => $"[{string.Join(',', array.Cast<object>())}]",
        IFormattable formattable => formattable.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
