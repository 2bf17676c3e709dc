using System.Net;
using System.Net.Sockets;
using BtcAgent.Testing;

namespace BtcAgent.Cli.Tests.Agents;

/// <summary>Whatever is wrong between operator and agent, the command says what it is and what to do, with its exit code.</summary>
public sealed class AgentFailureTests
{
    [Theory]
    [InlineData(401, """{"title":"The operator key is required","detail":"x"}""", 4, "refused the key in")]
    [InlineData(403, """{"title":"Not allowed","detail":"role viewer may not halt"}""", 4, "does not allow this: Not allowed: role viewer may not halt")]
    [InlineData(429, """{"title":"Too many requests"}""", 1, "Too many requests: try again in 7 s")]
    [InlineData(503, """{"title":"The agent did not answer","detail":"It may still be starting"}""", 3, "It may still be starting")]
    [InlineData(404, """{"title":"Not found","detail":"portfolio 'x' does not exist; portfolios are: main"}""", 1, "portfolios are: main")]
    [InlineData(409, """{"title":"Conflict","detail":"halt it first"}""", 1, "btcagent: halt it first")]
    [InlineData(400, "<html>Invalid Hostname</html>", 3, "does not accept the host name 'localhost': add it to Gateway:AllowedHosts")]
    [InlineData(302, "", 3, "redirects to https://other.example/: name that address, the key is not sent on")]
    [InlineData(500, "oops", 1, "answered HTTP 500 without a reason")]
    [InlineData(200, "<html>router login</html>", 3, "the answer is text/html, not JSON: it is not an agent's address")]
    [InlineData(200, """{"version":7}""", 3, "agent and btcagent may have different versions")]
    public async Task Status_AnswerIsNoSuccess_SaysWhatToDo(int status, string content, int code, string expected)
    {
        var type = content.StartsWith('<') ? "text/html" : "application/json";
        await using var agent = await AgentDouble.StartAsync(AgentDouble.Answer(status, content, type, ("Retry-After", "7"), ("Location", "https://other.example/")));

        var run = agent.Run("status").Expect(code);

        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(AgentDouble.Key, run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task Status_ReasonWithEscapes_DoesNotReachTheTerminal()
    {
        await using var agent = await AgentDouble.StartAsync(AgentDouble.Answer(409, """{"detail":"\u001b[2Jgone\u202e"}"""));

        Assert.Contains("btcagent:  [2Jgone ", agent.Run("status").Expect(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Status_NothingListens_ExitsWithThree()
    {
        using var unused = new TcpListener(IPAddress.Loopback, 0);
        unused.Start();
        var port = ((IPEndPoint)unused.LocalEndpoint).Port;
        unused.Stop();

        var run = CommandRun.Of("status", "--url", $"http://127.0.0.1:{port}", "--key-file", KeyFile()).Expect(3);

        Assert.Contains("nothing listens there: start the agent", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Status_HostIsUnknown_ExitsWithThree() => Assert.Contains(
        "the host 'agent.invalid' is unknown",
        CommandRun.Of("status", "--url", "https://agent.invalid", "--key-file", KeyFile()).Expect(3).Error,
        StringComparison.Ordinal);

    [Fact]
    public async Task Halt_NoAnswerInTime_SaysThatItMayHaveActed()
    {
        var never = new TaskCompletionSource();
        await using var agent = await AgentDouble.StartAsync(_ => never.Task);

        var run = agent.Run("halt", "--reason", "test", "--timeout", "0.2").Expect(3);
        never.SetResult();

        Assert.Contains("no answer within 0.2 s", run.Error, StringComparison.Ordinal);
        Assert.Contains("the command may have been carried out", run.Error, StringComparison.Ordinal);
        var request = Assert.Single(agent.Requests);
        Assert.Equal($"Bearer {AgentDouble.Key}", request.Authorization);
        Assert.Equal(32, request.Idempotency.Length);
        Assert.Equal("""{"reason":"test","portfolio":null}""", request.Body);
    }

    [Fact]
    public async Task Arm_HeldForASecondPerson_IsNotReportedAsDone()
    {
        await using var agent = await AgentDouble.StartAsync(
            AgentDouble.Answer(202, """{"id":"1a2b3c4d","verb":"arm"}""", headers: ("Location", "/api/v1/confirmations/1a2b3c4d")));

        var run = agent.Run("arm", "--reason", "going live", "--yes").Expect(1);

        Assert.Contains("waits for a second person, who confirms it at /api/v1/confirmations/1a2b3c4d", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost", 1, true, null)]
    [InlineData("localhost", 1, false, "which this system does not trust: name its authority with --ca-file")]
    [InlineData("localhost", -5, true, "its certificate is valid from")]
    [InlineData("other.test", 1, true, "its certificate is for 'other.test', not for 'localhost'")]
    public async Task Status_Certificate_IsJudged(string name, double validDays, bool knowsAuthority, string? problem)
    {
        using var authority = new TestAuthority("agents");
        using var certificate = authority.Issue("agent", validDays, name);
        var folder = Directory.CreateTempSubdirectory("btcagent-tls-");
        authority.WriteTo(folder.FullName, "unused");
        await using var agent = await AgentDouble.StartAsync(AgentDouble.Answer(409, """{"detail":"reached"}"""), certificate);

        string[] trust = knowsAuthority ? ["--ca-file", Path.Combine(folder.FullName, "ca.crt")] : [];
        var run = agent.Run(["status", .. trust]).Expect(problem is null ? 1 : 3);

        Assert.Contains(problem ?? "reached", run.Error, StringComparison.Ordinal);
        Assert.Equal(problem is null ? 1 : 0, agent.Requests.Count);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Status_SchemeIsWrong_SaysWhich()
    {
        using var authority = new TestAuthority("agents");
        using var certificate = authority.Issue("agent", dnsName: "localhost");
        await using var plain = await AgentDouble.StartAsync(AgentDouble.Answer(200, "{}"));
        await using var secured = await AgentDouble.StartAsync(AgentDouble.Answer(200, "{}"), certificate);

        var tls = CommandRun.Of("status", "--url", $"https://localhost:{plain.Url.Port}", "--key-file", plain.KeyFile).Expect(3);
        var http = CommandRun.Of("status", "--url", $"http://localhost:{secured.Url.Port}", "--key-file", plain.KeyFile).Expect(3);

        Assert.Contains("use http:// for an agent without TLS", tls.Error, StringComparison.Ordinal);
        Assert.Contains("use https:// for a gateway with TLS", http.Error, StringComparison.Ordinal);
    }

    private static string KeyFile()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "unused.key");
        File.WriteAllText(path, "unused");
        return path;
    }
}
