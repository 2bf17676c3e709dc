using System.Globalization;
using BtcAgent.History.Files;
using BtcAgent.History.Queries;

namespace BtcAgent.Chaos.Tests.Sinks;

/// <summary>Parquet files in a folder.</summary>
internal sealed class ParquetTarget : ISinkTarget
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-parquet-");

    public string Name => "parquet";

    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["History__Parquet__Store__Kind"] = "Folder",
        ["History__Parquet__Store__Path"] = _folder.FullName,
        ["History__Parquet__FlushSeconds"] = "1",
    };

    public Task StartAsync() => Task.CompletedTask;

    public Task<bool> StopServerAsync() => Task.FromResult(false);

    public async Task<StoredTrades> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var database = new HistoryDatabase(_folder.FullName, QueryLimits.Default, TimeProvider.System);
            var result = await database.QueryAsync(
                "SELECT count(*), count(DISTINCT trade_id), coalesce(sum(quantity), 0), coalesce(sum(price * quantity), 0) FROM trades", cancellationToken);
            var row = result.Rows[0];
            return new StoredTrades(Whole(row[0]), Whole(row[1]), Exact(row[2]), Exact(row[3]));
        }
        catch (HistoryException)
        {
            return new StoredTrades(0, 0, 0, 0); // No file has been written yet.
        }
    }

    /// <summary>Number of messages of market data that are stored, over all partitions.</summary>
    public async Task<long> CheckpointAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(_folder.FullName, Manifest.KeyOf("trades"));
        return File.Exists(path) ? Manifest.Read(Manifest.KeyOf("trades"), await File.ReadAllBytesAsync(path, cancellationToken)).Checkpoints.Values.Sum() : 0;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static long Whole(object? value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);

    private static decimal Exact(object? value) => Convert.ToDecimal(value, CultureInfo.InvariantCulture);
}
