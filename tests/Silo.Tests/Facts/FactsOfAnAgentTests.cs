using System.Net.Http.Json;
using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain.Facts;
using BtcAgent.History.Log.Local;
using BtcAgent.Silo.Tests.Roles;
using BtcAgent.Testing;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using AgentEventKind = BtcAgent.Contracts.Wire.V1.AgentEventKind;

namespace BtcAgent.Silo.Tests.Facts;

/// <summary>Compares the log of facts of a running agent with its API.</summary>
public sealed class FactsOfAnAgentTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-facts-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Log_OfAnAgentThatTradedAndWasHalted_HasAllThatTheApiShows()
    {
        await using var agent = await RunningAgent.StartAsync(_folder.FullName, RunningAgent.Restless);
        await Eventually.TrueAsync(
            "two fills",
            async () => (await agent.GetAsync("/api/v1/portfolios/main")).GetProperty("portfolio").GetProperty("fillCount").GetInt32() > 1,
            TimeSpan.FromSeconds(60));
        await PostAsync(agent, "/api/v1/control/resume", new { reason = "moves no breaker: it is active" });
        await PostAsync(agent, "/api/v1/control/halt", new { reason = "enough for a test" });
        await Eventually.TrueAsync(
            "no open order",
            async () => (await agent.GetAsync("/api/v1/orders")).EnumerateArray().All(order => !order.GetProperty("isOpen").GetBoolean()),
            TimeSpan.FromSeconds(20));
        var orders = (await agent.GetAsync("/api/v1/orders?limit=500")).EnumerateArray().ToList();
        var decisions = (await agent.GetAsync("/api/v1/decisions/summaries?limit=500")).EnumerateArray().ToList();
        var fills = (await agent.GetAsync("/api/v1/portfolios/main")).GetProperty("portfolio").GetProperty("fillCount").GetInt32();
        var log = agent.Services.GetRequiredService<LocalFactLog>();
        await log.WhenWrittenAsync(Cancelled);

        var kept = (await ReadAsync(log, FactTopic.Decisions, RiskDecision.Parser)).Select(decision => decision.Id).ToHashSet();
        Assert.NotEmpty(decisions);
        Assert.All(decisions, decision => Assert.Contains(decision.GetProperty("id").GetString()!, kept));
        Assert.Equal(fills, (await ReadAsync(log, FactTopic.Executions, TradeExecution.Parser)).Count);
        var transitions = await ReadAsync(log, FactTopic.Orders, OrderTransition.Parser);
        Assert.All(orders, order => Assert.Equal(
            order.GetProperty("status").GetString(),
            transitions.Last(t => t.ClientOrderId == order.GetProperty("intent").GetProperty("clientOrderId").GetString()).Status,
            ignoreCase: true));
        var marks = await ReadAsync(log, FactTopic.Positions, PortfolioMark.Parser);
        Assert.Equal(fills, marks.Max(mark => mark.FillCount));
        Assert.NotEmpty(await ReadAsync(log, FactTopic.OrderBook, BookDepth.Parser));
        Assert.NotEmpty(await ReadAsync(log, FactTopic.Bars, ClosedBar.Parser));
        var samples = await ReadAsync(log, FactTopic.Features, FeatureVector.Parser);
        Assert.Equal(samples.Select(sample => sample.EventTime).Distinct().Count(), samples.Count);
        Assert.NotEmpty(await ReadAsync(log, FactTopic.Signals, TradingSignal.Parser));
        var events = (await ReadAsync(log, FactTopic.MarketData, MarketDataBatch.Parser)).SelectMany(batch => batch.Events).ToList();
        Assert.Equal(Enumerable.Range(1, events.Count).Select(i => (long)i), events.Select(e => e.Sequence));
        var changes = await ReadAsync(log, FactTopic.AgentEvents, AgentEvent.Parser);
        Assert.Contains(changes, change => change is { Kind: AgentEventKind.Feed, To: "connected" });
        Assert.Contains(changes, change => change is { Kind: AgentEventKind.Operator, Name: "halt", Reason: "enough for a test" });
        var moved = Assert.Single(changes, change => change.Kind == AgentEventKind.Breaker);
        Assert.Equal(("main", "Active", "Halted"), (moved.Subject, moved.From, moved.To));
        var history = (await agent.GetAsync("/api/v1/status")).GetProperty("history").GetProperty("log");
        Assert.Equal(0, history.GetProperty("dropped").GetInt64());
        Assert.Equal("3 days, 1024 MiB", history.GetProperty("limits").GetString());
        var datasets = (await agent.GetAsync("/api/v1/history/datasets")).EnumerateArray().ToDictionary(
            dataset => dataset.GetProperty("name").GetString()!, dataset => dataset.GetProperty("retentionDays"));
        Assert.Equal(30, datasets["trades"].GetInt32());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, datasets["decisions"].ValueKind);
    }

    [Fact]
    public async Task Start_LogOfFactsCannotBeUsed_SaysWhichFolderAndWhatToDo()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "facts"), "a file where a folder is needed", Cancelled);
        var e = await Assert.ThrowsAnyAsync<Exception>(() => RunningAgent.StartAsync(_folder.FullName));
        Assert.Contains($"cannot use the log of facts in '{Path.Combine(_folder.FullName, "facts")}'", e.Message, StringComparison.Ordinal);
    }

    private static async Task PostAsync(RunningAgent agent, string path, object body) =>
        Assert.True((await agent.Http.PostAsJsonAsync(path, body, Cancelled)).IsSuccessStatusCode);

    private static async Task<List<T>> ReadAsync<T>(LocalFactLog log, FactTopic topic, MessageParser<T> parser)
        where T : IMessage<T>
    {
        var messages = new List<T>();
        var partition = Assert.Single(log.Partitions([topic]));
        for (var offset = 0L; await log.ReadAsync(partition, offset, 1000, Cancelled) is { Count: > 0 } entries; offset = entries[^1].Offset + 1)
        {
            messages.AddRange(entries.Select(entry => parser.ParseFrom(entry.Payload.Span)));
        }

        return messages;
    }
}
