using BtcAgent.Testing;
using StackExchange.Redis;

namespace BtcAgent.History.Tests.Sinks.Redis;

/// <summary>Reads a test server as a consumer would.</summary>
internal sealed class RedisReader : IAsyncDisposable
{
    private readonly ConnectionMultiplexer _connection;

    private RedisReader(ConnectionMultiplexer connection) => _connection = connection;

    public IDatabase Database => _connection.GetDatabase();

    public static async Task<RedisReader> OpenAsync(RedisServer server) =>
        new(await ConnectionMultiplexer.ConnectAsync($"{server.Address},allowAdmin=true"));

    /// <summary>Number and sum of the trades of a stream, and its length and last id.</summary>
    public async Task<(int Trades, long QuantityUnits, long Length, string LastId)> TotalAsync(string stream)
    {
        var (trades, units) = (0, 0L);
        RedisValue from = "-";
        while (await Database.StreamRangeAsync(stream, from, "+", 5_000) is { Length: > 0 } page)
        {
            foreach (var entry in page.Where(entry => entry["kind"] == "trade"))
            {
                trades++;
                units += (long)entry["quantity_e8"];
            }

            from = $"({page[^1].Id}";
        }

        var info = await Database.StreamInfoAsync(stream);
        return (trades, units, info.Length, info.LastGeneratedId!);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
