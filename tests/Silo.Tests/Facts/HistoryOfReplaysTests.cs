using System.Globalization;
using System.Text.Json;
using BtcAgent.History.Queries;
using BtcAgent.Silo.Roles;
using BtcAgent.Silo.Settings;
using BtcAgent.Testing;

namespace BtcAgent.Silo.Tests.Facts;

/// <summary>A replay whose facts are kept is in the history once, however often it is repeated.</summary>
public sealed class HistoryOfReplaysTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-kept-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Replay_KeptTwice_HistoryHasTheTapeOnce()
    {
        var summary = await RunAsync(confidence: "0.1");
        var trades = await CountAsync("trades");
        Assert.Equal((19_904, 19_904), trades);
        Assert.Equal(summary.GetProperty("decisions").GetInt64(), (await CountAsync("decisions", "id")).Rows);
        Assert.Equal(summary.GetProperty("fills").GetInt64(), (await CountAsync("fills")).Rows);
        var quantity = await SumAsync();

        await RunAsync(confidence: "0.1");
        Assert.Equal(trades, await CountAsync("trades"));
        Assert.Equal(quantity, await SumAsync());
        Assert.Equal(summary.GetProperty("decisions").GetInt64(), (await CountAsync("decisions", "id")).Rows);

        // Another setting makes other decisions of the same market data.
        await RunAsync(confidence: "0.2");
        Assert.Equal(trades, await CountAsync("trades"));
        Assert.Equal(2 * summary.GetProperty("decisions").GetInt64(), (await CountAsync("decisions", "id")).Rows);
    }

    private async Task<decimal> SumAsync() => Convert.ToDecimal((await RowAsync("SELECT sum(quantity) FROM trades"))[0], CultureInfo.InvariantCulture);

    private async Task<(long Rows, long Distinct)> CountAsync(string view, string id = "trade_id")
    {
        var row = await RowAsync($"SELECT count(*), count(DISTINCT {id}) FROM {view}");
        return (Convert.ToInt64(row[0], CultureInfo.InvariantCulture), Convert.ToInt64(row[1], CultureInfo.InvariantCulture));
    }

    private async Task<object?[]> RowAsync(string sql)
    {
        var database = new HistoryDatabase(Path.Combine(_folder.FullName, "history"), QueryLimits.Default, TimeProvider.System);
        return (await database.QueryAsync(sql, Cancelled)).Rows[0];
    }

    private async Task<JsonElement> RunAsync(string confidence)
    {
        var file = Path.Combine(_folder.FullName, "summary.json");
        var settings = new AgentSettings
        {
            Venue = VenueKind.Replay,
            Tapes =
            [
                RecordedData.Require("ws-spot-2024/spot_btcusdt_20240808.gz"), RecordedData.Require("ws-spot-2024/spot_btcusdt_20240809.gz"),
            ],
            Speed = 0,
            Port = 0,
            DataFolder = _folder.FullName,
            SummaryFile = file,
            Overrides =
            [
                new("Logging:LogLevel:Default", "Error"),
                new("Agent:Strategies:0:Fallback", "flow-momentum"),
                new("Agent:Placement:TakerFeeBps", "0"), // Its moves are below Binance's fees.
                new("Agent:Signals:MinConfidence", confidence),
                new("History:Replays", "true"),
            ],
        };
        Assert.Equal(ExitCodes.Ok, await AgentHost.RunAsync(settings, Cancelled).WaitAsync(TimeSpan.FromMinutes(2), Cancelled));
        return JsonDocument.Parse(await File.ReadAllTextAsync(file, Cancelled)).RootElement;
    }
}
