using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BtcAgent.Cli.Tests.Agents;
using BtcAgent.Testing;

namespace BtcAgent.Cli.Tests.Secrets;

/// <summary>A secret planted wherever one can be given is found in no log, answer, metric, page, file, backup or process list.</summary>
public sealed class PlantedSecretsTests
{
    private const string Order =
        """{"requestId":"planted-1","portfolio":"main","instrument":"BINANCE:BTCUSDT","side":"buy","type":"market","quantity":"0.001"}""";

    private readonly List<string> _found = [];

    [Fact]
    public async Task Agent_WithSecretsEverywhere_ShowsNone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "/proc and the modes of files are those of Linux");
        await using var agent = await PlantedAgent.StartAsync();
        Look(agent, "the process list", await File.ReadAllTextAsync($"/proc/{agent.Id}/cmdline", TestContext.Current.CancellationToken));
        var issued = Issue(agent);

        await ReadEveryRouteAsync(agent, issued);
        // Waits for dead servers.
        var doctor = agent.CommandAsync(["doctor", "--json", "--", .. agent.Arguments()]);
        await TradeAsync(agent);
        await RunCommandsAsync(agent);
        var examined = await doctor;
        Assert.Contains("\"check\": \"kafka\"", examined, StringComparison.Ordinal);
        Look(agent, "doctor", examined);
        await BreakAsync(agent);
        foreach (var failure in new[] { "Sink redis does not store", "Sink timescaledb does not store", "Metrics are kept", "channel telegram", "channel mail", "WrongKey" })
        {
            await Eventually.TrueAsync(failure, () => Task.FromResult(agent.Said.Contains(failure, StringComparison.Ordinal)), TimeSpan.FromSeconds(60), () => agent.Said);
        }

        await agent.StopAsync();
        Look(agent, "the log", agent.Said);

        LookIntoFolder(agent, agent.DataFolder, agent.KeyFile);
        await LookIntoBackupAsync(agent);
        Assert.True(_found.Count == 0, string.Join('\n', _found.Distinct(StringComparer.Ordinal)));
    }

    /// <summary>The control: each form of a secret is found where it is.</summary>
    [Fact]
    public void FindIn_EachForm_IsFound()
    {
        var secrets = new PlantedSecrets();
        var value = secrets.Plant("Example");
        foreach (var content in new[]
        {
            $"before {value} after", Convert.ToHexStringLower(Encoding.UTF8.GetBytes(value)), Convert.ToBase64String(Encoding.UTF8.GetBytes(value)),
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"user:{value}")), Convert.ToBase64String(Encoding.UTF8.GetBytes($"users:{value}")),
        })
        {
            Assert.NotEmpty(secrets.FindIn("a text", content));
        }

        Assert.NotEmpty(secrets.FindIn("a dump", Encoding.Unicode.GetBytes(value)));
        Assert.Empty(secrets.FindIn("a text", "planted"));
    }

    private string Issue(PlantedAgent agent)
    {
        var file = agent.In("issued.key");
        var said = On(agent, "keys", "create", "anna", "--role", "trader", "--out", file, "--reason", "planted");
        Look(agent, "keys create", said);
        Assert.True(File.Exists(file), said + agent.Said);
        return agent.Secrets.Add("IssuedKey", File.ReadAllText(file).Trim());
    }

    /// <summary>Every GET of the OpenAPI document and what is beside it: with the key, an issued one, a wrong one and none.</summary>
    private async Task ReadEveryRouteAsync(PlantedAgent agent, string issued)
    {
        var document = await agent.Http.GetFromJsonAsync<JsonElement>("/openapi/v1.json", TestContext.Current.CancellationToken);
        var paths = document.GetProperty("paths").EnumerateObject().Where(path => path.Value.TryGetProperty("get", out _)).Select(path => path.Name)
            .Where(path => path != "/api/v1/events" && path != "/dashboard/Trace") // They do not end.
            .Select(path => path.Replace("{instrument}", "BINANCE:BTCUSDT", StringComparison.Ordinal).Replace("{id}", "main", StringComparison.Ordinal).Replace('{', 'x').Replace('}', 'x'))
            .Concat(["/", "/signin", "/metrics", "/openapi/v1.json", "/docs", "/health/live", "/health/ready", "/dashboard/DashboardCounters", "/dashboard/GrainTypes", "/nowhere"]);
        var wrong = agent.Secrets.Plant("WrongKey");
        foreach (var path in paths)
        {
            foreach (var key in new[] { agent.Http.DefaultRequestHeaders.Authorization!.Parameter!, issued, wrong, null })
            {
                await SendAsync(agent, new HttpRequestMessage(HttpMethod.Get, path), key);
            }
        }

        foreach (var key in new[] { wrong, File.ReadAllText(agent.KeyFile), issued })
        {
            await SendAsync(agent, new HttpRequestMessage(HttpMethod.Post, "/signin") { Content = new FormUrlEncodedContent([new("key", key)]) }, null);
            await SendAsync(agent, new HttpRequestMessage(HttpMethod.Get, $"/signin?key={key}"), null);
        }

        await SendAsync(agent, new HttpRequestMessage(HttpMethod.Get, "/metrics"), File.ReadAllText(agent.In("metrics")));
    }

    private async Task TradeAsync(PlantedAgent agent)
    {
        var said = "";
        await Eventually.TrueAsync(
            "an order is sent with the sealed key",
            async () =>
            {
                using var answer = await agent.Http.PostAsync("/api/v1/orders", new StringContent(Order, Encoding.UTF8, "application/json"));
                said = await answer.Content.ReadAsStringAsync();
                Look(agent, "POST /api/v1/orders", said);
                return answer.IsSuccessStatusCode;
            },
            TimeSpan.FromSeconds(60),
            () => said);
        await Eventually.TrueAsync(
            "the order is at the venue",
            async () => (await agent.Http.GetStringAsync("/api/v1/orders?limit=10")).Contains("\"venueOrderId\":", StringComparison.Ordinal),
            TimeSpan.FromSeconds(60));
        await SendAsync(agent, new HttpRequestMessage(HttpMethod.Post, "/api/v1/orders") { Content = new StringContent("{\"requestId\":", Encoding.UTF8, "application/json") }, File.ReadAllText(agent.KeyFile));
        using var tested = await agent.Http.PostAsJsonAsync("/api/v1/alerts/test", new { reason = "planted" }, TestContext.Current.CancellationToken);
        Look(agent, "POST /api/v1/alerts/test", await tested.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await Eventually.TrueAsync(
            "channels fail",
            async () => (await agent.Http.GetStringAsync("/api/v1/alerts")).Contains("answers 500", StringComparison.Ordinal),
            TimeSpan.FromSeconds(60));
        Look(agent, "GET /api/v1/alerts", await agent.Http.GetStringAsync("/api/v1/alerts", TestContext.Current.CancellationToken));
    }

    private async Task RunCommandsAsync(PlantedAgent agent)
    {
        foreach (var line in new[]
        {
            "status --json", "watch --count 1 --json", "orders --json", "positions --json", "trades --json", "decisions --json", "models --json", "risk show --json",
            "alerts list --all --json", "alerts test --json", "keys list --json", "confirm list --json",
        })
        {
            Look(agent, line, On(agent, line.Split(' ')));
        }

        var wrong = CommandRun.Of("status", "--url", $"{agent.Http.BaseAddress}", "--key-file", agent.FileWith("wrong", agent.Secrets.Plant("WrongKeyOfCommand")));
        Look(agent, "status with a wrong key", wrong.Output + wrong.Error);
        foreach (var line in new[]
        {
            "audit verify --data data", "audit show --data data --json", "data list --data data --json", "keys venue show --json --",
            "backup create --data data --store plain-backups --json", "backup list --data data --store plain-backups --json", "profile list --json",
        })
        {
            string[] words = [.. line.Split(' '), .. line.EndsWith("--", StringComparison.Ordinal) ? agent.Arguments() : []];
            var said = await agent.CommandAsync(words);
            Look(agent, line, said);
            Assert.DoesNotContain("Unhandled exception", said, StringComparison.Ordinal);
        }
    }

    /// <summary>The venue goes away while requests are signed.</summary>
    private async Task BreakAsync(PlantedAgent agent)
    {
        await agent.StopVenueAsync();
        await Eventually.TrueAsync(
            "the agent has noticed",
            () => Task.FromResult(agent.Said.Contains("User data lost", StringComparison.Ordinal)),
            TimeSpan.FromSeconds(60));
        await SendAsync(agent, new HttpRequestMessage(HttpMethod.Get, "/api/v1/status"), File.ReadAllText(agent.KeyFile));
        await SendAsync(agent, new HttpRequestMessage(HttpMethod.Get, "/api/v1/executions"), File.ReadAllText(agent.KeyFile));
    }

    private void LookIntoFolder(PlantedAgent agent, string folder, params string[] except)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Except(except))
        {
            _found.AddRange(agent.Secrets.FindIn(Path.GetRelativePath(agent.Root, file), File.ReadAllBytes(file)));
        }
    }

    /// <summary>A backup is encrypted and compressed: restored, its contents can be read.</summary>
    private async Task LookIntoBackupAsync(PlantedAgent agent)
    {
        var backup = Assert.Single(Directory.GetFiles(agent.In("plain-backups"), "*.backup"));
        LookIntoFolder(agent, agent.In("plain-backups"));
        var said = await agent.CommandAsync("backup", "restore", Path.GetFileName(backup), "--data", "restored", "--store", "plain-backups");
        Look(agent, "backup restore", said);
        Assert.StartsWith("exit code 0", said, StringComparison.Ordinal);
        LookIntoFolder(agent, agent.In("restored"));
    }

    private async Task SendAsync(PlantedAgent agent, HttpRequestMessage request, string? key)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = agent.Http.BaseAddress };
        using (request)
        {
            request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            var body = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            var where = string.Create(CultureInfo.InvariantCulture, $"{request.Method} {request.RequestUri!.OriginalString.Split('?')[0]} ({(int)answer.StatusCode})");
            _found.AddRange(agent.Secrets.FindIn(where, body));
            Look(agent, where, $"{answer.Headers}{answer.Content.Headers}");
        }
    }

    private static string On(PlantedAgent agent, params string[] arguments)
    {
        var run = CommandRun.Of([.. arguments, "--url", $"{agent.Http.BaseAddress}", "--key-file", agent.KeyFile]);
        return run.Output + run.Error;
    }

    private void Look(PlantedAgent agent, string where, string content) => _found.AddRange(agent.Secrets.FindIn(where, content));
}
