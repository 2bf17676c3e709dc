using System.Net;
using System.Text.Json;
using BtcAgent.Client.Access;
using BtcAgent.Silo.Tests.Roles;
using BtcAgent.Testing;

namespace BtcAgent.Silo.Tests.Idempotency;

/// <summary>Every command of REST, from its route, repeated at two gateways of a running agent.</summary>
public sealed class RepeatedCommandTests : IDisposable
{
    private const int Repeats = 1_000;

    /// <summary>Uploads are processed one at a time, and four may wait.</summary>
    private const int UploadsAtOnce = 4;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-repeats-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task EveryCommand_AThousandTimesAtOnceAtTwoGateways_ActsOnceAndAnswersAlike()
    {
        await using var agent = await RunningAgent.StartAsync(
            _folder.FullName,
            new KeyValuePair<string, string?>("StarterModel:Enabled", "false"),
            new KeyValuePair<string, string?>("Experiments:Enabled", "false"),
            new KeyValuePair<string, string?>("Experiments:ShadowDays", "1"),
            new KeyValuePair<string, string?>("Experiments:ShadowTrades", "1"),
            new KeyValuePair<string, string?>("Experiments:CanaryDays", "1"),
            new KeyValuePair<string, string?>("Experiments:CanaryTrades", "1"),
            new KeyValuePair<string, string?>("Experiments:HorizonDays", "30"),
            new KeyValuePair<string, string?>("Retraining:Enabled", "false"),
            new KeyValuePair<string, string?>("Logging:LogLevel:Default", "Error"));
        await using var left = await SecondGateway.StartAsync(agent, _folder.FullName);
        await using var right = await SecondGateway.StartAsync(agent, _folder.FullName);
        await Eventually.TrueAsync(
            "a quote",
            async () => (await agent.GetAsync("/api/v1/status")).GetProperty("feeds").GetProperty("BINANCE:BTCUSDT").GetProperty("isConnected").GetBoolean(),
            TimeSpan.FromSeconds(60));
        var samples = new SampleCommands(agent, left.Http);
        Assert.Equal(left.Commands.Select(route => route.Rule.Verb!).Order(StringComparer.Ordinal), SampleCommands.InOrder.Order(StringComparer.Ordinal));

        var wrong = new List<string>();
        foreach (var verb in SampleCommands.InOrder)
        {
            var (path, content) = await samples.PrepareAsync(verb);
            var before = await EntriesAsync(agent, verb);
            var answers = await RepeatAsync(left, right, verb, path, content);
            var first = answers.Where(answer => !answer.IsReplay).ToList();
            var repeats = answers.Where(answer => answer.IsReplay).ToList();
            var isSecret = verb is CommandVerbs.CreateKey or CommandVerbs.RotateKey;

            // Beside a slow first request, a repeat of what stops trading joins it instead of waiting; the grains recognise it.
            var joins = CommandVerbs.Stops(verb) && answers.All(answer => answer.Status is HttpStatusCode.OK or HttpStatusCode.Accepted);
            var isAlike = joins || (isSecret
                ? repeats.All(answer => answer.Status == HttpStatusCode.Conflict) && repeats.Select(answer => answer.Body).Distinct().Count() == 1
                : answers.Select(answer => (answer.Status, answer.Body)).Distinct().Count() == 1);
            var entries = await EntriesAsync(agent, verb) - before;
            if ((first.Count != 1 && !joins) || first[0].Status is not (HttpStatusCode.OK or HttpStatusCode.Accepted) || !isAlike || entries > 1
                || (entries == 0 && first[0].Status == HttpStatusCode.OK))
            {
                wrong.Add($"{verb}: {first.Count} acted, {entries} entries, answers "
                    + string.Join(" | ", answers.GroupBy(a => (a.Status, a.Body)).Take(3).Select(g => $"{g.Count()} × {g.Key.Status} {g.Key.Body}")));
            }
        }

        Assert.Empty(wrong);
        await AssertEffectsAsync(agent);
    }

    private static async Task AssertEffectsAsync(RunningAgent agent)
    {
        var limits = (await agent.GetAsync("/api/v1/portfolios/main/limits")).GetProperty("changes").EnumerateArray().Select(change => change.GetProperty("to").GetDecimal());
        Assert.Equal([9_000m, 9_500m], limits);
        Assert.Single((await agent.GetAsync("/api/v1/keys")).EnumerateArray(), key => key.GetProperty("name").GetString() == "once");
        var model = Assert.Single((await agent.GetAsync("/api/v1/models")).EnumerateArray()).GetProperty("model");
        Assert.Equal(("shadow", 1), (model.GetProperty("stage").GetString(), model.GetProperty("moves").GetArrayLength()));
        Assert.Single(
            (await agent.GetAsync("/api/v1/orders?limit=500")).EnumerateArray(),
            order => order.GetProperty("intent").GetProperty("type").GetString() == "limit" && order.GetProperty("status").GetString() == "canceled");
        Assert.Single(
            (await agent.GetAsync("/api/v1/confirmations")).EnumerateArray(),
            held => held.GetProperty("verb").GetString() == "resume" && held.GetProperty("state").GetString() == "pending");
        Assert.Equal("halted", (await agent.GetAsync("/api/v1/status")).GetProperty("breakers").GetProperty("main").GetProperty("mode").GetString());
    }

    private static async Task<IReadOnlyList<Answer>> RepeatAsync(
        SecondGateway left, SecondGateway right, string verb, string path, Func<HttpContent>? content)
    {
        var method = new HttpMethod(left.Commands.Single(route => route.Rule.Verb == verb).Method);
        var answers = new Answer[Repeats];
        var atOnce = new ParallelOptions
        {
            MaxDegreeOfParallelism = verb == CommandVerbs.RegisterModel ? UploadsAtOnce : Repeats,
            CancellationToken = Cancelled,
        };
        await Parallel.ForEachAsync(Enumerable.Range(0, Repeats), atOnce, async (i, cancellationToken) =>
        {
            using var request = new HttpRequestMessage(method, path) { Content = content?.Invoke() };
            request.Headers.Add("Idempotency-Key", $"once {verb}");
            using var answer = await (i % 2 == 0 ? left : right).Http.SendAsync(request, cancellationToken);
            answers[i] = new Answer(answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken), answer.Headers.Contains("Idempotency-Replayed"));
        });
        return answers;
    }

    /// <summary>Entries of the audit with the outcome of this command.</summary>
    private static async Task<int> EntriesAsync(RunningAgent agent, string verb) =>
        (await agent.GetAsync("/api/v1/audit?limit=1000")).GetProperty("entries").EnumerateArray().Count(entry =>
            entry.GetProperty("action").GetString() == verb && entry.GetProperty("outcome").GetString() is not ("requested" or "pending")
            && entry.TryGetProperty("operation", out var operation) && operation.ValueKind == JsonValueKind.String);

    private sealed record Answer(HttpStatusCode Status, string Body, bool IsReplay);
}
