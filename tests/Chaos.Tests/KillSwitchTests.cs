using System.Net.Http.Json;
using System.Text.Json;
using BtcAgent.Exchanges.Simulator;
using BtcAgent.Exchanges.Simulator.Faults;
using BtcAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace BtcAgent.Chaos.Tests;

/// <summary>The kill switch while the venue does not answer: it takes effect within a second.</summary>
[Collection(nameof(TimedDrills))]
public sealed class KillSwitchTests
{
    private static readonly TimeSpan HaltMax = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("halt")]
    [InlineData("flatten")]
    public async Task Halt_WithAnOrderThatGetsNoAnswer_StopsWithinASecondAndCancelsWhatIsOpen(string command)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("btcagent-halt-");
        await using var venue = new SimulatedVenue(DrillStage.VenueOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        await venue.StartAsync(cancellation);
        var port = ChaosDrill.FreePort();
        using (var agent = AgentProcess.Start(port, DrillStage.Arguments(venue, port, folder.FullName), DrillStage.AgentEnvironment()))
        {
            Assert.True(await agent.WaitUntilAgreesAsync(folder.FullName, cancellation), agent.Tail);
            using var records = new VenueRecords(venue.RestAddress, DrillStage.ApiKey, DrillStage.Secret);
            await Eventually.TrueAsync("a resting order", async () => await PlaceAsync(agent, "resting", "30000"), TimeSpan.FromSeconds(10));
            await Eventually.TrueAsync(
                "it rests at the venue",
                async () => (await records.OpenOrdersAsync(DrillStage.Symbol, cancellation)).GetArrayLength() == 1,
                TimeSpan.FromSeconds(5));

            venue.Faults.Plan(FaultKind.TimeOutBefore);
            Assert.True(await PlaceAsync(agent, "hanging", "30000.01"));
            var start = TimeProvider.System.GetTimestamp();
            using var answer = await agent.Http.PostAsJsonAsync($"/api/v1/control/{command}", new { reason = "drill" }, cancellation);
            Assert.True(TimeProvider.System.GetElapsedTime(start) < HaltMax, $"{TimeProvider.System.GetElapsedTime(start)}");
            Assert.True(answer.IsSuccessStatusCode);
            var status = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation);
            Assert.Equal("halted", status.GetProperty("breakers").GetProperty("main").GetProperty("mode").GetString());

            await Eventually.TrueAsync(
                "nothing is open at the venue",
                async () => (await records.OpenOrdersAsync(DrillStage.Symbol, cancellation)).GetArrayLength() == 0,
                TimeSpan.FromSeconds(5));
            Assert.False(await PlaceAsync(agent, "afterwards", "30000.02"));
            if (command == "flatten")
            {
                await Eventually.TrueAsync(
                    "the position is closed",
                    async () => await records.BalanceAsync("BTC", cancellation) < 0.0001m,
                    TimeSpan.FromSeconds(10));
            }
        }

        folder.Delete(recursive: true);
    }

    private static async Task<bool> PlaceAsync(AgentProcess agent, string id, string price)
    {
        var body = new Dictionary<string, object>
        {
            ["requestId"] = id,
            ["portfolio"] = "main",
            ["instrument"] = "BINANCE:BTCUSDT",
            ["side"] = "buy",
            ["type"] = "limit",
            ["quantity"] = "0.001",
            ["limitPrice"] = price,
        };
        using var answer = await agent.Http.PostAsJsonAsync("/api/v1/orders", body, TestContext.Current.CancellationToken);
        return answer.IsSuccessStatusCode;
    }
}
