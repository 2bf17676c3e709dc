using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BtcAgent.Silo.Tests.Roles;
using BtcAgent.Testing;

namespace BtcAgent.Silo.Tests.Idempotency;

/// <summary>The agent's process is killed between doing and answering; after its restart the same requests come again.</summary>
public sealed class KilledCommandTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-killed-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>
    /// A command's entry in the audit is written after the command and before its answer is stored: the kill comes with the entry of the first,
    /// then of the fourth of five commands, which finds the others in every state.
    /// </summary>
    [Fact]
    public async Task Commands_ProcessKilledBetweenDoingAndAnswering_ActOnceWhenRepeated()
    {
        var rounds = new[] { (Round: 1, KillAt: 1), (Round: 2, KillAt: 4) };
        var agent = await StartAsync();
        try
        {
            foreach (var (round, killAt) in rounds)
            {
                var before = Entries().Count(IsOutcome);
                var sent = Commands(round).Select(command => SendAsync(agent, command)).ToList();
                await WaitForEntriesAsync(before + killAt);
                agent.Dispose();
                await Task.WhenAll(sent);

                agent = await StartAsync();
                foreach (var command in Commands(round))
                {
                    var first = await SendAsync(agent, command);
                    Assert.True(IsDone(command, first), $"{command.Path}: {first}");
                    var repeat = await SendAsync(agent, command);
                    Assert.True(repeat == first || (first.Status == HttpStatusCode.OK && repeat.Status == HttpStatusCode.Conflict && IsDone(command, repeat)), $"{command.Path}: {repeat}");
                }
            }

            await AssertOnceAsync(agent, rounds.Select(round => round.Round));
        }
        finally
        {
            agent.Dispose();
        }
    }

    private static IEnumerable<Command> Commands(int round) =>
    [
        new(HttpMethod.Put, "/api/v1/portfolios/main/limits/MaxOrderNotional", $"limit {round}", new { value = 9_000 - round, reason = "a drill" }),
        new(HttpMethod.Put, "/api/v1/portfolios/main/limits/MaxSpreadBps", $"spread {round}", new { value = 9 - round, reason = "a drill" }),
        new(HttpMethod.Post, "/api/v1/keys", $"key {round}", new { name = $"once-{round}", role = "viewer", reason = "a drill" }),
        new(HttpMethod.Post, $"/api/v1/control/{(round == 1 ? "halt" : "resume")}", $"control {round}", new { reason = "a drill" }),
        new(HttpMethod.Post, "/api/v1/executions/accept-balances", $"balances {round}", new { reason = "a drill" }),
    ];

    private static bool IsDone(Command command, Answer answer) =>
        answer.Status == HttpStatusCode.OK || (command.Path == "/api/v1/keys" && answer.Status == HttpStatusCode.Conflict
            && answer.Body.Contains("secret-shown-once", StringComparison.Ordinal));

    private static bool IsOutcome(JsonElement entry) =>
        entry.TryGetProperty("operation", out _) && entry.GetProperty("outcome").GetString() is "done" or "pending";

    private static async Task<Answer> SendAsync(AgentProgram agent, Command command)
    {
        using var request = new HttpRequestMessage(command.Method, command.Path) { Content = JsonContent.Create(command.Body) };
        request.Headers.Add("Idempotency-Key", command.Key);
        try
        {
            using var answer = await agent.Http.SendAsync(request, Cancelled);
            return new Answer(answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancelled));
        }
        catch (HttpRequestException e)
        {
            return new Answer(0, e.Message); // The process was killed.
        }
    }

    private async Task AssertOnceAsync(AgentProgram agent, IEnumerable<int> rounds)
    {
        foreach (var operations in Entries().Where(IsOutcome).GroupBy(entry => entry.GetProperty("operation").GetString()))
        {
            Assert.Single(operations, entry => entry.GetProperty("outcome").GetString() == "done");
        }

        Assert.Equal(rounds.Count() * Commands(1).Count(), Entries().Where(IsOutcome).Select(entry => entry.GetProperty("operation").GetString()).Distinct().Count());
        var limits = await GetAsync(agent, "/api/v1/portfolios/main/limits");
        var keys = await GetAsync(agent, "/api/v1/keys");
        foreach (var round in rounds)
        {
            Assert.Single(limits.GetProperty("changes").EnumerateArray(), change => change.GetProperty("to").GetDecimal() == 9_000 - round);
            Assert.Single(limits.GetProperty("changes").EnumerateArray(), change => change.GetProperty("to").GetDecimal() == 9 - round);
            Assert.Single(keys.EnumerateArray(), key => key.GetProperty("name").GetString() == $"once-{round}");
        }

        Assert.Equal("active", (await GetAsync(agent, "/api/v1/status")).GetProperty("breakers").GetProperty("main").GetProperty("mode").GetString());
    }

    private async Task<AgentProgram> StartAsync()
    {
        var agent = new AgentProgram(_folder.FullName, "--set", "StarterModel:Enabled=false");
        await agent.WaitUntilLiveAsync();
        agent.Http.DefaultRequestHeaders.Authorization = new("Bearer", await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "operator.key"), Cancelled));
        await Eventually.TrueAsync(
            "the grains answer", async () => (await agent.Http.GetAsync("/api/v1/status", Cancelled)).IsSuccessStatusCode, Limit, () => agent.Said);
        return agent;
    }

    private static Task<JsonElement> GetAsync(AgentProgram agent, string path) => agent.Http.GetFromJsonAsync<JsonElement>(path, Cancelled);

    /// <summary>Looks without a pause, since the answer follows within milliseconds.</summary>
    private async Task WaitForEntriesAsync(int count)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(Limit);
        while (Entries().Count(IsOutcome) < count)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>The complete lines of the audit.</summary>
    private List<JsonElement> Entries()
    {
        var entries = new List<JsonElement>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_folder.FullName, "audit"), "*.jsonl").Order(StringComparer.Ordinal))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.ASCII);
            entries.AddRange(reader.ReadToEnd().Split('\n').Where(line => line.EndsWith('}') && line.Contains("\"operation\"", StringComparison.Ordinal))
                .Select(line => JsonDocument.Parse(line).RootElement));
        }

        return entries;
    }

    private sealed record Command(HttpMethod Method, string Path, string Key, object Body);

    private sealed record Answer(HttpStatusCode Status, string Body);
}
