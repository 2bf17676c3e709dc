using System.Net.Http.Json;
using BtcAgent.Exchanges.Simulator;
using BtcAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace BtcAgent.Chaos.Tests;

/// <summary>The whole agent dies with a position: a stop order is at the venue.</summary>
public sealed class DeadManTests
{
    [Fact]
    public async Task Killed_WithAPosition_AStopForAllOfItRestsAtTheVenue()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("btcagent-deadman-");
        await using var venue = new SimulatedVenue(DrillStage.VenueOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        await venue.StartAsync(cancellation);
        var port = ChaosDrill.FreePort();
        string[] arguments = [.. DrillStage.Arguments(venue, port, folder.FullName), "--set", "Execution:ProtectiveStopBps=500"];
        using (var agent = AgentProcess.Start(port, arguments, DrillStage.AgentEnvironment()))
        {
            Assert.True(await agent.WaitUntilAgreesAsync(folder.FullName, cancellation), agent.Tail);
            using var records = new VenueRecords(venue.RestAddress, DrillStage.ApiKey, DrillStage.Secret);
            await Eventually.TrueAsync("a sale through the risk rules", async () => await SellAsync(agent), TimeSpan.FromSeconds(10));
            await Eventually.TrueAsync(
                "a stop for what is held",
                async () =>
                {
                    var open = (await records.OpenOrdersAsync(DrillStage.Symbol, cancellation)).EnumerateArray().ToList();
                    var held = await records.BalanceAsync("BTC", cancellation);
                    return open is [var stop] && held < 10 && stop.GetProperty("type").GetString() == "STOP_LOSS"
                        && held - VenueRecords.Amount(stop, "origQty") is >= 0 and < 0.00001m;
                },
                TimeSpan.FromSeconds(15));
            agent.Kill();
            agent.WaitForExit();
            Assert.Equal(1, (await records.OpenOrdersAsync(DrillStage.Symbol, cancellation)).GetArrayLength());
        }

        folder.Delete(recursive: true);
    }

    private static async Task<bool> SellAsync(AgentProcess agent)
    {
        var body = new Dictionary<string, object>
        {
            ["requestId"] = "sell-some",
            ["portfolio"] = "main",
            ["instrument"] = "BINANCE:BTCUSDT",
            ["side"] = "sell",
            ["type"] = "market",
            ["quantity"] = "0.25",
        };
        using var answer = await agent.Http.PostAsJsonAsync("/api/v1/orders", body, TestContext.Current.CancellationToken);
        return answer.IsSuccessStatusCode;
    }
}
