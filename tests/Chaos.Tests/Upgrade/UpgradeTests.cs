using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using BtcAgent.Chaos.Tests.Cluster;
using BtcAgent.Exchanges.Simulator;
using BtcAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace BtcAgent.Chaos.Tests.Upgrade;

/// <summary>This build reads the data of an earlier one: data folder, orders at a venue, decisions on Kafka.</summary>
public sealed class UpgradeTests(KafkaBroker broker, PostgresServer postgres, ITestOutputHelper output)
    : IClassFixture<KafkaBroker>, IClassFixture<PostgresServer>, IDisposable
{
    private static readonly TimeSpan TradesMax = TimeSpan.FromSeconds(120);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-upgrade-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Start_OnTheDataFolderOfAnEarlierBuild_KeepsTheBooksAndTradesOn()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var earlier = EarlierBuild.Silo();
        var port = ChaosDrill.FreePort();
        JsonElement books;
        string decision;
        using (var agent = AgentProcess.Start(port, PaperArguments(port), [], build: earlier))
        {
            await agent.WaitUntilAsync("/health/ready", cancellation);
            await Eventually.TrueAsync("five fills by the earlier build", async () => await FillsAsync(agent) >= 5, TradesMax, () => agent.Tail);
            await CommandAsync(agent, "halt");
            decision = (await GetAsync(agent, "/api/v1/decisions?limit=1"))[0].GetProperty("id").GetProperty("text").GetString()!;
            books = await SettledBooksAsync(agent);
            agent.Kill();
            agent.WaitForExit();
        }

        using var upgraded = AgentProcess.Start(port, PaperArguments(port), []);
        await upgraded.WaitUntilAsync("/health/ready", cancellation);
        Assert.Equal(BookFigures(books), BookFigures(await SettledBooksAsync(upgraded)));
        Assert.NotNull(await upgraded.GetAsync(_folder.FullName, $"/api/v1/decisions/{decision}", cancellation));
        await CommandAsync(upgraded, "resume");
        var before = books.GetProperty("fillCount").GetInt32();
        await Eventually.TrueAsync("fills by this build", async () => await FillsAsync(upgraded) >= before + 2, TradesMax, () => upgraded.Tail);
        output.WriteLine($"{before} fills by the earlier build, {await FillsAsync(upgraded)} in all; the same books after the upgrade: {BookFigures(books)}");
    }

    [Fact]
    public async Task Start_WithOrdersOfAnEarlierBuildAtTheVenue_KnowsThemAndAgrees()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var earlier = EarlierBuild.Silo();
        await using var venue = new SimulatedVenue(DrillStage.VenueOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        await venue.StartAsync(cancellation);
        var port = ChaosDrill.FreePort();
        var arguments = DrillStage.Arguments(venue, port, _folder.FullName);
        JsonElement books;
        using (var agent = AgentProcess.Start(port, arguments, DrillStage.AgentEnvironment(), build: earlier))
        {
            Assert.True(await agent.WaitUntilAgreesAsync(_folder.FullName, cancellation), agent.Tail);
            await Eventually.TrueAsync("a sale", () => PlaceAsync(agent, "sold", new() { ["type"] = "market" }), TradesMax, () => agent.Tail);
            await Eventually.TrueAsync("its fill", async () => await FillsAsync(agent) > 0, TradesMax, () => agent.Tail);
            await Eventually.TrueAsync("a resting order", () => PlaceAboveAsync(agent), TradesMax, () => agent.Tail);
            await Eventually.TrueAsync("it rests", async () => (await OpenOrdersAsync(agent)).Count == 1, TradesMax, () => agent.Tail);
            books = await SettledBooksAsync(agent);
            agent.Kill();
            agent.WaitForExit();
        }

        using var upgraded = AgentProcess.Start(port, arguments, DrillStage.AgentEnvironment());
        Assert.True(await upgraded.WaitUntilAgreesAsync(_folder.FullName, cancellation), upgraded.Tail);
        Assert.Equal(BookFigures(books), BookFigures(await SettledBooksAsync(upgraded)));
        var order = Assert.Single(await OpenOrdersAsync(upgraded));
        using var cancelled = await upgraded.Http.PostAsJsonAsync($"/api/v1/orders/{order}/cancel", new { reason = "upgrade" }, cancellation);
        Assert.True(cancelled.IsSuccessStatusCode, await cancelled.Content.ReadAsStringAsync(cancellation));
        await Eventually.TrueAsync("it is cancelled", async () => (await OpenOrdersAsync(upgraded)).Count == 0, TradesMax, () => upgraded.Tail);
    }

    [Fact]
    public async Task Replay_DecisionsOfAnEarlierBuild_AreEqualInAllSteps()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var stage = new TimeTravelStage(broker, postgres, output.WriteLine, EarlierBuild.Silo());
        await stage.StartAsync(cancellation);
        var decisions = await stage.DecideAsync();
        stage.Kill();
        foreach (var (kind, decision) in decisions)
        {
            var (code, text, error) = await CommandLine.RunAsync(
                new Dictionary<string, string> { ["Cluster__Postgres"] = stage.Database },
                "replay", "--from-kafka", broker.Address, "--decision", decision.Id.Text, "--kafka-setting", "security.protocol=PLAINTEXT", "--json");
            Assert.True(code == 0, $"{kind}: {error}{text}");
            Assert.All(
                JsonDocument.Parse(text).RootElement.GetProperty("steps").EnumerateArray(),
                step => Assert.Equal("Equal", step.GetProperty("outcome").GetString()));
        }
    }

    private static string BookFigures(JsonElement books) => string.Join(
        ", ", ((string[])["cash", "realizedPnl", "fees", "fillCount", "balances", "initialEquity"]).Select(name => $"{name} {books.GetProperty(name).GetRawText()}"));

    private static async Task CommandAsync(AgentProcess agent, string command)
    {
        using var answer = await agent.Http.PostAsJsonAsync(
            $"/api/v1/control/{command}", new { reason = "upgrade" }, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<bool> PlaceAsync(AgentProcess agent, string id, Dictionary<string, string> order)
    {
        order["requestId"] = id;
        order["portfolio"] = "main";
        order["instrument"] = "BINANCE:BTCUSDT";
        order["side"] = "sell";
        order["quantity"] = "0.01";
        using var answer = await agent.Http.PostAsJsonAsync("/api/v1/orders", order, TestContext.Current.CancellationToken);
        return answer.IsSuccessStatusCode;
    }

    /// <summary>Five percent above the market, within the limit on the distance.</summary>
    private async Task<bool> PlaceAboveAsync(AgentProcess agent)
    {
        var instrument = await GetAsync(agent, "/api/v1/instruments/BINANCE:BTCUSDT");
        var ask = Figure(instrument.GetProperty("market").GetProperty("quote").GetProperty("ask"));
        var price = Math.Ceiling(ask * 1.05m).ToString(CultureInfo.InvariantCulture);
        return await PlaceAsync(agent, "resting", new() { ["type"] = "limit", ["limitPrice"] = price });
    }

    private static decimal Figure(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? decimal.Parse(value.GetString()!, CultureInfo.InvariantCulture) : value.GetDecimal();

    private string[] PaperArguments(int port) =>
    [
        "--port", $"{port}", "--data", _folder.FullName, "--seed", "1",
        .. new Dictionary<string, string>
        {
            ["Agent:Strategies:0:Model"] = "flow-momentum",
            ["Agent:Strategies:0:Fallback"] = "flow-momentum",
            ["Agent:Strategies:0:Parameters:entry"] = "0.05",
            ["Agent:Strategies:0:Parameters:exit"] = "0.01",
            ["Agent:Signals:MinConfidence"] = "0",
            ["Agent:Signals:CoolDownMs"] = "0",
            ["Agent:Limits:CoolDownMs"] = "0",
        }.SelectMany(setting => new[] { "--set", $"{setting.Key}={setting.Value}" }),
    ];

    private async Task<int> FillsAsync(AgentProcess agent) => (await BooksAsync(agent)).GetProperty("fillCount").GetInt32();

    private async Task<JsonElement> BooksAsync(AgentProcess agent) => (await GetAsync(agent, "/api/v1/portfolios/main")).GetProperty("portfolio");

    private async Task<List<string>> OpenOrdersAsync(AgentProcess agent) =>
        [.. (await GetAsync(agent, "/api/v1/orders")).EnumerateArray()
            .Where(order => order.GetProperty("status").GetString() is "accepted" or "Accepted")
            .Select(order => order.GetProperty("intent").GetProperty("clientOrderId").GetString()!)];

    /// <summary>Returns the books once two consecutive answers are equal.</summary>
    private async Task<JsonElement> SettledBooksAsync(AgentProcess agent)
    {
        var books = await BooksAsync(agent);
        await Eventually.TrueAsync(
            "the books are at rest",
            async () =>
            {
                var before = BookFigures(books);
                books = await BooksAsync(agent);
                return BookFigures(books) == before;
            },
            TradesMax,
            () => agent.Tail);
        return books;
    }

    private async Task<JsonElement> GetAsync(AgentProcess agent, string path)
    {
        JsonElement? answer = null;
        await Eventually.TrueAsync(
            $"an answer to {path}",
            async () => (answer = await agent.GetAsync(_folder.FullName, path, TestContext.Current.CancellationToken)) is not null,
            TradesMax,
            () => agent.Tail);
        return answer!.Value;
    }
}
