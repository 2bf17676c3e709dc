using System.Text.Json;
using BtcAgent.Exchanges.Simulator.Economy;
using BtcAgent.Silo.Tests.Roles;
using BtcAgent.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Silo.Tests.Economy;

/// <summary>Economic releases through a running agent.</summary>
public sealed class EconomyOfAnAgentTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-economy-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Agent_WithTheSimulatedSource_KnowsReleasesInItsDecisionsAndKeepsItsBudget()
    {
        int spent;
        await using (var agent = await StartAsync("Simulated"))
        {
            var view = await AliveAsync(agent);
            Assert.Equal(("simulated", JsonValueKind.Null), (view.GetProperty("source").GetString(), view.GetProperty("problem").ValueKind));
            var releases = view.GetProperty("releases").EnumerateArray().ToList();
            Assert.Equal(7, releases.Count);
            Assert.All(releases, release => Assert.Equal(JsonValueKind.String, release.GetProperty("next").ValueKind));
            Assert.Contains(releases, release => release.GetProperty("surprise").ValueKind == JsonValueKind.Number);

            var features = await FeaturesAsync(agent);
            Assert.InRange(features["calendar_hours_to_release"], 0.0, 168.0);
            Assert.InRange(features["calendar_hours_since_release"], 0.0, 168.0);
            Assert.True(double.IsFinite(features["calendar_surprise"]));
            Assert.Contains("economy_source_alive{source=\"simulated\"} 1", await agent.Http.GetStringAsync("/metrics", Cancelled), StringComparison.Ordinal);
            Assert.Equal(agent.Services.GetRequiredService<SimulatedFred>().Requests.Count, view.GetProperty("requestsOfDay").GetInt32());
            spent = view.GetProperty("requestsOfDay").GetInt32();
        }

        await using var again = await StartAsync("Simulated");
        Assert.True((await AliveAsync(again)).GetProperty("requestsOfDay").GetInt32() >= spent + 7, "a restart forgot what was spent");
    }

    [Fact]
    public async Task Agent_ByDefault_ReadsNone()
    {
        await using var agent = await StartAsync("None");
        var view = await agent.GetAsync("/api/v1/economy");

        Assert.Equal((false, false, JsonValueKind.Null), (view.GetProperty("isRead").GetBoolean(), view.GetProperty("isAlive").GetBoolean(), view.GetProperty("source").ValueKind));
        Assert.Null(agent.Services.GetService<SimulatedFred>());
    }

    /// <summary>The agent trades on, and says what is wrong.</summary>
    [Fact]
    public async Task Agent_WhoseSourceFails_ShowsTheProblemAndNoReleases()
    {
        await using var agent = await StartAsync("Fred", ("Economy:Fred:BaseAddress", "http://127.0.0.1:1"), ("Economy:Fred:ApiKey", "0123456789abcdef0123456789abcdef"));
        var view = default(JsonElement);
        await Eventually.TrueAsync(
            "a problem", async () => (view = await agent.GetAsync("/api/v1/economy")).GetProperty("problem").ValueKind == JsonValueKind.String, Patience);

        Assert.False(view.GetProperty("isAlive").GetBoolean());
        Assert.DoesNotContain("0123456789abcdef", view.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("its calendar is not known", view.GetProperty("releases")[0].GetProperty("problem").GetString());
    }

    private Task<RunningAgent> StartAsync(string source, params (string Key, string Value)[] settings) => RunningAgent.StartAsync(
        _folder.FullName,
        [
            .. RunningAgent.Restless, new("Economy:Source", source), new("Economy:Fred:PauseSeconds", "0"), new("Economy:Fred:RequestsPerMinuteMax", "120"),
            .. settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value)),
        ]);

    private static async Task<JsonElement> AliveAsync(RunningAgent agent)
    {
        var view = default(JsonElement);
        await Eventually.TrueAsync("a known calendar", async () => (view = await agent.GetAsync("/api/v1/economy")).GetProperty("isAlive").GetBoolean(), Patience);
        return view;
    }

    private static async Task<Dictionary<string, double>> FeaturesAsync(RunningAgent agent)
    {
        var known = new Dictionary<string, double>();
        await Eventually.TrueAsync(
            "a decision that knows releases",
            async () =>
            {
                if ((await agent.GetAsync("/api/v1/decisions?limit=1")).EnumerateArray().FirstOrDefault() is not { ValueKind: JsonValueKind.Object } decision)
                {
                    return false;
                }

                var features = (await agent.GetAsync($"/api/v1/decisions/{decision.GetProperty("id").GetProperty("text").GetString()}")).GetProperty("features").EnumerateArray();
                known = features.Where(feature => feature.GetProperty("value").ValueKind == JsonValueKind.Number)
                    .ToDictionary(feature => feature.GetProperty("name").GetString()!, feature => feature.GetProperty("value").GetDouble());
                return known.ContainsKey("calendar_surprise");
            },
            Patience);
        return known;
    }
}
