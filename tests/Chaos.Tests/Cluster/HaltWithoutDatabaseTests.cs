using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BtcAgent.Exchanges.Simulator;
using BtcAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>The kill switch of a cluster whose database is gone.</summary>
[Collection(nameof(TimedDrills))]
public sealed class HaltWithoutDatabaseTests(KafkaBroker broker, PostgresServer postgres, ITestOutputHelper output)
    : IClassFixture<KafkaBroker>, IClassFixture<PostgresServer>
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Halt_DatabaseKilled_CancelsAtOnceAndStandsWhenItIsBack()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await broker.StartAsync();
        var database = await postgres.NewDatabaseAsync();
        await using var venue = new SimulatedVenue(DrillStage.VenueOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        await venue.StartAsync(cancellation);
        using var records = new VenueRecords(venue.RestAddress, DrillStage.ApiKey, DrillStage.Secret);
        var folder = Directory.CreateTempSubdirectory("btcagent-halt-");
        var keys = Path.Combine(folder.FullName, "gateway");
        var (siloPort, gatewayPort) = (ChaosDrill.FreePort(), ChaosDrill.FreePort());
        using (var silo = AgentProcess.Start(
            siloPort, ClusterStage.Silo(venue, siloPort, Path.Combine(folder.FullName, "silo")), ClusterStage.Environment(database, broker, feeds: true)))
        using (var gateway = AgentProcess.Start(
            gatewayPort, ClusterStage.Gateway(venue, gatewayPort, keys), ClusterStage.Environment(database, broker, feeds: false)))
        {
            await silo.WaitUntilAsync("/health/ready", cancellation);
            await gateway.WaitUntilAsync("/health/ready", cancellation);
            await Eventually.TrueAsync("a resting order", () => RestAsync(gateway, keys, cancellation), Limit, () => silo.Tail);
            await Eventually.TrueAsync("it is at the venue", async () => await OpenAsync() > 0, Limit);

            await postgres.StopAsync(immediate: true);
            var start = TimeProvider.System.GetTimestamp();
            using var answer = await gateway.Http.PostAsJsonAsync("/api/v1/control/halt", new { reason = "drill" }, cancellation);
            var took = TimeProvider.System.GetElapsedTime(start);
            var pending = (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation)).GetProperty("pending").GetString();
            Report(string.Create(CultureInfo.InvariantCulture, $"answered after {took.TotalMilliseconds:F0} ms: {(int)answer.StatusCode}, {pending}"));
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            Assert.NotNull(pending);
            Assert.True(took < AnswerMax, $"{took}");
            await Eventually.TrueAsync("nothing is open at the venue", async () => await OpenAsync() == 0, Limit);
            var orders = await records.AllOrdersAsync(DrillStage.Symbol, cancellation);

            await postgres.StartAsync();
            start = TimeProvider.System.GetTimestamp();
            await Eventually.TrueAsync("the halt is stored", async () => await IsHaltedAsync(gateway, keys, cancellation), Limit, () => silo.Tail);
            Report(string.Create(CultureInfo.InvariantCulture,
                $"halted {TimeProvider.System.GetElapsedTime(start).TotalMilliseconds:F0} ms after the database's return"));
            Assert.Equal(orders.Count, (await records.AllOrdersAsync(DrillStage.Symbol, cancellation)).Count);
        }

        folder.Delete(recursive: true);

        async Task<int> OpenAsync() => (await records.OpenOrdersAsync(DrillStage.Symbol, cancellation)).GetArrayLength();
    }

    private static async Task<bool> IsHaltedAsync(AgentProcess gateway, string keys, CancellationToken cancellationToken) =>
        await gateway.GetAsync(keys, "/api/v1/status", cancellationToken) is { } status
        && status.GetProperty("pending").ValueKind == JsonValueKind.Null
        && status.GetProperty("breakers").GetProperty("main").GetProperty("mode").GetString() == "halted";

    /// <summary>An order far below the market.</summary>
    private static async Task<bool> RestAsync(AgentProcess gateway, string keys, CancellationToken cancellationToken)
    {
        await gateway.GetAsync(keys, "/api/v1/status", cancellationToken);
        using var answer = await gateway.Http.PostAsJsonAsync(
            "/api/v1/orders",
            new
            {
                requestId = "resting",
                portfolio = "main",
                instrument = "BINANCE:BTCUSDT",
                side = "buy",
                type = "limit",
                quantity = "0.001",
                limitPrice = "30000",
            },
            cancellationToken);
        return answer.IsSuccessStatusCode;
    }

    private void Report(string line)
    {
        output.WriteLine(line);
        Console.WriteLine(line);
    }
}
