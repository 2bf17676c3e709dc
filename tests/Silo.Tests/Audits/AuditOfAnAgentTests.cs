using System.Net.Http.Json;
using System.Text.Json;
using BtcAgent.History.Audit;
using BtcAgent.Silo.Tests.Roles;
using BtcAgent.Testing;

namespace BtcAgent.Silo.Tests.Audits;

/// <summary>An agent that starts beside an audit that somebody has changed.</summary>
public sealed class AuditOfAnAgentTests : IDisposable
{
    private static readonly KeyValuePair<string, string?>[] Quiet = [new("Logging:LogLevel:Default", "None"), new("Alerts:Enabled", "false")];

    private static readonly KeyValuePair<string, string?>[] WithAlerts = [new("Logging:LogLevel:Default", "None")];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-audits-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Audit => Path.Combine(_folder.FullName, "audit");

    private string Newest => AuditFiles.PathOf(Audit, AuditFiles.Days(Audit)[^1]);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Start_RecordAndLastEntriesWereDeleted_LeavesAnEntryOnceAndTheGapStaysVisible()
    {
        await HaltAsync();
        var before = await File.ReadAllLinesAsync(Newest, Cancelled);
        await File.WriteAllTextAsync(Newest, string.Concat(before[..^2].Select(line => line + "\n")), Cancelled);
        File.Delete(Path.Combine(Audit, "head"));

        await using (var agent = await RunningAgent.StartAsync(_folder.FullName, WithAlerts))
        {
            var entry = await DamageAsync(agent);
            Assert.StartsWith("entries ", entry.GetProperty("reason").GetString(), StringComparison.Ordinal);
            Assert.Contains(" are missing at the end", entry.GetProperty("reason").GetString(), StringComparison.Ordinal);
            Assert.Equal("failed", entry.GetProperty("outcome").GetString());
            await Eventually.TrueAsync("an alert", async () => await AlertsAsync(agent) == 1, TimeSpan.FromSeconds(60));
        }

        Assert.Contains(" before entry ", Assert.Single(AuditFiles.Verify(Audit, _ => { }, Cancelled).Faults).Problem, StringComparison.Ordinal);
        Assert.Single(Directory.GetDirectories(Audit, "damaged-before-*"));
        await using var again = await RunningAgent.StartAsync(_folder.FullName, WithAlerts);
        await PostHaltAsync(again);
        Assert.Single(await DamagesAsync(again));
        await Eventually.TrueAsync("the alert has ended", async () => await AlertsAsync(again) == 0, TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Start_AnEarlyEntryWasChanged_LeavesAnEntryWithItsPlace()
    {
        await HaltAsync();
        var text = await File.ReadAllTextAsync(Newest, Cancelled);
        Assert.Contains("the first drill", text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Newest, text.Replace("the first drill", "the fifth drill", StringComparison.Ordinal), Cancelled);

        await using var agent = await RunningAgent.StartAsync(_folder.FullName, Quiet);
        Assert.Contains(" was changed: its content has the hash ", (await DamageAsync(agent)).GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    private async Task HaltAsync()
    {
        await using var agent = await RunningAgent.StartAsync(_folder.FullName, Quiet);
        await PostHaltAsync(agent);
    }

    private static async Task PostHaltAsync(RunningAgent agent)
    {
        foreach (var reason in new[] { "the first drill", "the second drill" })
        {
            using var answer = await agent.Http.PostAsJsonAsync("/api/v1/control/halt", new { reason }, Cancelled);
            Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
        }
    }

    private static async Task<JsonElement> DamageAsync(RunningAgent agent)
    {
        List<JsonElement> found = [];
        await Eventually.TrueAsync("the damage is an entry", async () => (found = await DamagesAsync(agent)).Count > 0, TimeSpan.FromSeconds(30));
        return Assert.Single(found);
    }

    /// <summary>Firing alerts about the audit.</summary>
    private static async Task<int> AlertsAsync(RunningAgent agent) => (await agent.GetAsync("/api/v1/alerts")).GetProperty("alerts").EnumerateArray().Count(alert =>
        alert.GetProperty("name").GetString() == "AuditDamaged" && alert.GetProperty("phase").GetString() == "firing");

    private static async Task<List<JsonElement>> DamagesAsync(RunningAgent agent) =>
    [
        .. (await agent.GetAsync("/api/v1/audit?limit=1000")).GetProperty("entries").EnumerateArray()
            .Where(entry => entry.GetProperty("action").GetString() == "chain damaged"),
    ];
}
