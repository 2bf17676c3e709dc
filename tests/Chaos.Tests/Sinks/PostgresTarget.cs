using BtcAgent.Testing;
using Npgsql;

namespace BtcAgent.Chaos.Tests.Sinks;

/// <summary>A private PostgreSQL server.</summary>
internal sealed class PostgresTarget : ISinkTarget
{
    private readonly PostgresServer _server = new();
    private string _database = "";

    public string Name => "timescaledb";

    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["History__Timescale__ConnectionString"] = _database,
        ["History__Timescale__MarketDataRetentionDays"] = "0", // The tapes are years old.
    };

    public async Task StartAsync()
    {
        if (_database.Length == 0)
        {
            _database = await _server.NewDatabaseAsync();
        }
        else
        {
            await _server.StartAsync();
        }
    }

    public async Task<bool> StopServerAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _server.StopAsync(immediate: true);
        return true;
    }

    public async Task<StoredTrades> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(_database);
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand(
                "SELECT count(*), count(DISTINCT trade_id), coalesce(sum(quantity), 0), coalesce(sum(notional), 0) FROM trading.market_trades", connection);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            return new StoredTrades(reader.GetInt64(0), reader.GetInt64(1), reader.GetDecimal(2), reader.GetDecimal(3));
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            return new StoredTrades(0, 0, 0, 0); // The sink has not created its schema yet.
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
