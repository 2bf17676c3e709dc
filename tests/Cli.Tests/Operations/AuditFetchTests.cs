using BtcAgent.Cli.Tests.Agents;
using BtcAgent.History.Audit;

namespace BtcAgent.Cli.Tests.Operations;

/// <summary>The copy of a running agent's audit, over REST.</summary>
[Collection(OperatedAgentCollection.Name)]
public sealed class AuditFetchTests(AgentFixture agent) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-audit-copy-");

    private string Copy => Path.Combine(_folder.FullName, "copy");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Fetch_OfARunningAgent_IsACopyThatVerifiesAndGrows()
    {
        var first = Head(agent.Run("audit", "fetch", "--out", Copy, "--json").Expect(0));
        agent.Run("keys", "create", "fetched", "--role", "viewer", "--out", Path.Combine(_folder.FullName, "key"), "--reason", "one more entry").Expect(0);
        var second = Head(agent.Run("audit", "fetch", "--out", Copy, "--json").Expect(0));

        Assert.NotEqual(first, second);
        Assert.Contains("0 faults", CommandRun.Of("audit", "verify", "--data", Copy, "--head", first).Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("0 faults", CommandRun.Of("audit", "verify", "--data", Copy, "--head", second).Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("one more entry", CommandRun.Of("audit", "show", "--data", Copy).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Fetch_OfEntriesThatDifferFromTheCopy_FailsAndLeavesIt()
    {
        agent.Run("audit", "fetch", "--out", Copy).Expect(0);
        var day = AuditFiles.PathOf(Copy, AuditFiles.Days(Copy)[^1]);
        var lines = File.ReadAllLines(day);
        File.WriteAllLines(day, [lines[0].Replace("\"hash\"", "\"hush\"", StringComparison.Ordinal), .. lines[1..]]);
        var before = File.ReadAllBytes(day);

        Assert.Contains("line 1: ", agent.Run("audit", "fetch", "--out", Copy).Expect(1).Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(day));

        File.WriteAllText(AuditFiles.PathOf(Copy, "2020-01-01"), "");
        Assert.Contains("2020-01-01", agent.Run("audit", "fetch", "--out", Copy).Expect(1).Error, StringComparison.Ordinal);
    }

    private static string Head(CommandRun run) => run.Json.GetProperty("head").GetProperty("hash").GetString()!;
}
