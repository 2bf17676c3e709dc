using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BtcAgent.Contracts.Signals;
using BtcAgent.Silo.Tests.Roles;
using BtcAgent.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Silo.Tests.Experiments;

/// <summary>A canary with a portfolio in a running agent: it trades, its loss ends it, and what it holds is closed, also across restarts.</summary>
public sealed class CanaryOfAnAgentTests : IDisposable
{
    private const string Instrument = "BINANCE:BTCUSDT";

    /// <summary>Fees of 2 %, so that an order of 600 USDT loses more than the canary may: 8 USDT.</summary>
    private static readonly KeyValuePair<string, string?>[] Settings =
    [
        new("StarterModel:HistoryMinutes", "60"), new("Agent:UnprovenModelsTrade", "true"), new("Experiments:EvaluateSeconds", "1"),
        new("Experiments:ShadowDays", "1"), new("Experiments:ShadowTrades", "1"), new("Experiments:CanaryDays", "1"), new("Experiments:CanaryTrades", "1"),
        new("Experiments:HorizonDays", "30"), new("Experiments:CanaryLossMax", "0.0001"), new("Agent:Paper:TakerFeeBps", "200"),
        new("Agent:Portfolios:1:Id", "canary"), new("Agent:Portfolios:1:InitialBalances:USDT", "10000"),
        new("Agent:Strategies:0:CanaryPortfolio", "canary"), new("Logging:LogLevel:Default", "Error"),
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-canary-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Canary_ThatLoses_IsRolledBackAndWhatItHoldsIsClosedAlsoAfterARestart()
    {
        string canary;
        CanaryBooks books;
        await using (var agent = await RunningAgent.StartAsync(_folder.FullName, Settings))
        {
            await Eventually.TrueAsync(
                "an experiment of the starter model", async () => (await agent.GetAsync("/api/v1/experiments")).GetArrayLength() == 1, TimeSpan.FromMinutes(8));
            canary = Text((await agent.GetAsync("/api/v1/experiments"))[0], "challenger")!;
            await WinningDays.PlayAsync(agent);
            await StageAsync(agent, canary, "canary");
            books = await TradesAsync(agent, canary);
            await Eventually.TrueAsync(
                "its profit is that of its portfolio",
                async () => Text(await agent.GetAsync("/api/v1/experiments/ab-1"), "canaryPortfolio") == "canary",
                TimeSpan.FromSeconds(60));
        }

        // A restart while it trades: the same turn continues. Then a loss beyond its limit.
        await using (var agent = await RunningAgent.StartAsync(_folder.FullName, Settings))
        {
            Assert.Equal(books, await TradesAsync(agent, canary));
            await BuyAsync(agent, "one");
            await StageAsync(agent, canary, "retired");
            var ended = await agent.GetAsync("/api/v1/experiments/ab-1");
            Assert.Equal("rolledBack", Text(ended, "outcome"));
            Assert.Equal("canaryLoss", Text(ended.GetProperty("moves").EnumerateArray().Last(), "cause"));
            await ClosedAsync(agent);
            await Eventually.TrueAsync("the portfolio is resumed", async () => await ModeAsync(agent, "canary") == "active", TimeSpan.FromSeconds(60));

            // Moved by a person now, without an experiment; the agent ends between the end of the canary and the closing.
            foreach (var stage in new[] { "candidate", "shadow", "canary" })
            {
                await MoveAsync(agent, canary, stage);
            }

            Assert.NotEqual(books.Turn, (await TradesAsync(agent, canary, books)).Turn);
            await BuyAsync(agent, "two");
            await MoveAsync(agent, canary, "retired");
        }

        await using var last = await RunningAgent.StartAsync(_folder.FullName, Settings);
        await ClosedAsync(last);
        Assert.Equal("active", await ModeAsync(last, "main"));
    }

    private static async Task<CanaryBooks> TradesAsync(RunningAgent agent, string model, CanaryBooks? former = null)
    {
        CanaryBooks? books = null;
        await Eventually.TrueAsync(
            $"{model} decides in its portfolio",
            async () =>
            {
                var status = (await agent.Services.GetRequiredService<IGrainFactory>().GetGrain<ISignalGrain>($"{Instrument}/momentum").GetStatus()).Canary!;
                books = status.Books;
                return books?.Turn.ModelId == model && books.Turn != former?.Turn && status.Decisions > 0;
            },
            TimeSpan.FromSeconds(120));
        await Eventually.TrueAsync(
            "a decision for the portfolio",
            async () => (await agent.GetAsync("/api/v1/decisions?portfolio=canary&limit=10")).EnumerateArray().Any(decision => Text(decision.GetProperty("signal"), "modelId") == model),
            TimeSpan.FromSeconds(60));
        return books!;
    }

    /// <summary>An operator's order in place of a bad decision of the canary: its loss is the canary's.</summary>
    private static async Task BuyAsync(RunningAgent agent, string id)
    {
        var before = await FillsAsync(agent);
        using var answer = await agent.Http.PostAsJsonAsync(
            "/api/v1/orders", new { requestId = id, portfolio = "canary", instrument = Instrument, side = "buy", type = "market", quantity = "0.01" }, Cancelled);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancelled));
        await Eventually.TrueAsync("the order is filled", async () => await FillsAsync(agent) > before, TimeSpan.FromSeconds(60));
    }

    private static async Task<int> FillsAsync(RunningAgent agent) =>
        (await agent.GetAsync("/api/v1/portfolios/canary")).GetProperty("portfolio").GetProperty("fillCount").GetInt32();

    private static async Task ClosedAsync(RunningAgent agent) => await Eventually.TrueAsync(
        "the canary's position is closed",
        async () => (await agent.GetAsync("/api/v1/portfolios/canary")).GetProperty("portfolio").GetProperty("positions").EnumerateArray()
            .All(position => position.GetProperty("quantity").GetDecimal() == 0),
        TimeSpan.FromSeconds(120));

    private static async Task<string?> ModeAsync(RunningAgent agent, string portfolio) =>
        Text((await agent.GetAsync($"/api/v1/portfolios/{portfolio}")).GetProperty("risk").GetProperty("breaker"), "mode");

    private static async Task MoveAsync(RunningAgent agent, string model, string stage)
    {
        using var moved = await agent.Http.PostAsJsonAsync($"/api/v1/models/{model}/stage", new { stage, reason = "a drill" }, Cancelled);
        Assert.Equal(HttpStatusCode.OK, moved.StatusCode);
    }

    private static async Task StageAsync(RunningAgent agent, string model, string stage) => await Eventually.TrueAsync(
        $"{model} is {stage}",
        async () => Text((await agent.GetAsync($"/api/v1/models/{model}")).GetProperty("model"), "stage") == stage,
        TimeSpan.FromSeconds(120));

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
