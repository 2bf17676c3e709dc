using System.Globalization;
using BtcAgent.Testing;
using StackExchange.Redis;

namespace BtcAgent.Chaos.Tests.Sinks;

/// <summary>A private Redis server that appends each command to its file.</summary>
internal sealed class RedisTarget : ISinkTarget
{
    private const int PageLength = 5_000;
    private readonly RedisServer _server = new();

    public string Name => "redis";

    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["History__Redis__Connection"] = _server.Address,
        ["History__Redis__EntriesMax"] = "10000000",
        ["History__Redis__KeepHours"] = "0",
    };

    public Task StartAsync() => _server.StartAsync();

    public async Task<bool> StopServerAsync()
    {
        await _server.KillAsync();
        return true;
    }

    public async Task<StoredTrades> ReadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"{_server.Address},abortConnect=false");
        var database = connection.GetDatabase();
        var (rows, quantity, notional) = (0L, 0m, 0m);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var partition = 0; partition < HistoryDrill.Partitions; partition++)
        {
            RedisKey stream = partition == 0 ? "market_data" : $"market_data:{partition}";
            RedisValue from = "-";
            while (await database.StreamRangeAsync(stream, from, "+", PageLength) is { Length: > 0 } page)
            {
                foreach (var entry in page.Where(entry => entry["kind"] == "trade"))
                {
                    rows++;
                    ids.Add(entry["trade_id"]!);
                    var size = decimal.Parse((string)entry["quantity"]!, CultureInfo.InvariantCulture);
                    quantity += size;
                    notional += size * decimal.Parse((string)entry["price"]!, CultureInfo.InvariantCulture);
                }

                from = $"({page[^1].Id}";
            }
        }

        return new StoredTrades(rows, ids.Count, quantity, notional);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
