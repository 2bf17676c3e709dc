using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BtcAgent.Client.Access;
using BtcAgent.Client.Audits;
using BtcAgent.Client.Tests.Access;
using BtcAgent.Client.Tests.Rpc;
using BtcAgent.Domain.Access;
using BtcAgent.Domain.Audit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Client.Tests.Audits;

/// <summary>Every command leaves its entry before it is answered, whatever becomes of it.</summary>
public sealed class AuditedRequestTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryCommandRoute_CarriedOutRefusedOrForbidden_LeavesAnEntry()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var admin = gateway.NewClient(gateway.Key);
        using var viewer = gateway.NewClient(gateway.Keys.Issue("vera", AccessRole.Viewer));
        using var stranger = gateway.NewClient();
        var routes = RouteTable.Of(gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints)
            .Where(route => route.Method != "GET" && !RpcProbe.IsRpc(route.Path)).ToList();
        Assert.True(routes.Count >= 15, $"only {routes.Count} commands");
        var missing = new List<string>();
        foreach (var route in routes)
        {
            foreach (var (http, actor) in new[] { (admin, "operator"), (viewer, "vera"), (stranger, "(no key)") })
            {
                gateway.Time.Advance(TimeSpan.FromMinutes(1)); // A new quota of refused requests.
                var before = gateway.Audit.Entries.Count;
                using var request = new HttpRequestMessage(new HttpMethod(route.Method), Path(route.Path));
                request.Content = route.Path == "/signin"
                    ? new FormUrlEncodedContent([new("key", "wrong")])
                    : new StringContent("""{"reason":"a drill"}""", Encoding.UTF8, route.Path == "/api/v1/models" ? "application/zip" : "application/json");
                using var answer = await http.SendAsync(request, Cancelled);
                var entry = gateway.Audit.Entries.Skip(before).LastOrDefault(entry => entry.Outcome != AuditOutcome.Requested);
                if (entry is null || entry.Action != route.Rule.Verb || entry.Actor != actor || entry.Address != "127.0.0.1"
                    || (entry.Outcome == AuditOutcome.Done) != answer.IsSuccessStatusCode)
                {
                    missing.Add($"{route.Method} {route.Path} by {actor}, answered {answer.StatusCode}: {entry}");
                }
            }
        }

        Assert.Empty(missing);
    }

    [Fact]
    public async Task Command_WithReason_IsRecordedWithWhoWhereWhyAndBeforeAfter()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var holder = gateway.NewClient(gateway.Keys.Issue("ada", AccessRole.RiskManager));
        await CommandAsync(holder, "resume", "main");

        Assert.Equal([AuditOutcome.Requested, AuditOutcome.Done], gateway.Audit.Entries.Select(entry => entry.Outcome));
        var entry = gateway.Audit.Entries[^1];
        Assert.Equal(
            ("ada", "risk-manager", "127.0.0.1", "resume", "main", "a drill", "armed", "armed"),
            (entry.Actor, entry.Role, entry.Address, entry.Action, entry.Subject, entry.Reason, entry.Before, entry.After));
    }

    [Fact]
    public async Task Answer_OfACommand_WaitsForItsEntry()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient(gateway.Key);
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.Audit.Before = () =>
        {
            arrived.TrySetResult();
            return release.Task;
        };

        var halt = CommandAsync(http, "halt", null);
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
        Assert.False(halt.IsCompleted);
        release.SetResult();
        Assert.Equal(HttpStatusCode.OK, (await halt).StatusCode);
        Assert.Equal("halt", Assert.Single(gateway.Audit.Entries).Action);
    }

    [Theory]
    [InlineData("arm")]
    [InlineData("resume")]
    public async Task Command_ThatStartsTrading_IsRefusedWhileTheAuditCannotBeWritten(string command)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient(gateway.Key);
        gateway.Audit.IsBroken = true;
        var refused = await CommandAsync(http, command, null);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Contains("Nothing was done", await refused.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        Assert.Equal(0, gateway.Commands);
    }

    [Theory]
    [InlineData("halt")]
    [InlineData("disarm")]
    [InlineData("flatten")]
    public async Task Command_ThatStopsTrading_IsCarriedOutWithoutTheAuditAndSaysSo(string command)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient(gateway.Key);
        gateway.Audit.IsBroken = true;
        var done = await CommandAsync(http, command, null);

        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.Equal("no space left on device", done.Headers.GetValues(AuditedRequests.ProblemHeader).Single());
        Assert.Equal(1, gateway.Commands);
        Assert.Contains(gateway.Log, line => line.Contains("audit cannot be written", StringComparison.Ordinal));

        gateway.Audit.IsBroken = false;
        await CommandAsync(http, "halt", null);
        Assert.Equal([command, "halt"], gateway.Audit.Entries.Select(entry => entry.Action));
    }

    [Fact]
    public async Task Refusals_ManyTimesOver_AreLimitedAndCounted()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var viewer = gateway.NewClient(gateway.Keys.Issue("vera", AccessRole.Viewer));
        for (var i = 0; i < RefusalQuota.PerMinute + 12; i++)
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await CommandAsync(viewer, "halt", null)).StatusCode);
        }

        Assert.Equal(RefusalQuota.PerMinute, gateway.Audit.Entries.Count);
        gateway.Time.Advance(TimeSpan.FromMinutes(1));
        await CommandAsync(viewer, "halt", null);
        Assert.Contains("12 more were refused", gateway.Audit.Entries[^1].After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_RightAndWrong_IsRecordedWithTheHolderAndNeverTheKey()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient();
        var secret = gateway.Keys.Issue("ada", AccessRole.Trader);
        await gateway.SignInAsync(http, secret);
        using var wrong = new FormUrlEncodedContent([new("key", "guess-me")]);
        await http.PostAsync("/signin", wrong, Cancelled);

        Assert.Equal(
            [("sign-in", "ada", AuditOutcome.Done), ("sign-in", "(no key)", AuditOutcome.Refused)],
            gateway.Audit.Entries.Select(entry => (entry.Action, entry.Actor, entry.Outcome)));
        var all = string.Join('\n', gateway.Audit.Entries);
        Assert.DoesNotContain("guess-me", all, StringComparison.Ordinal);
        Assert.DoesNotContain(secret.Split('_', 3)[2], all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateKey_Entry_NamesTheKeyAndNeverTheSecret()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient(gateway.Key);
        using var answer = await http.PostAsJsonAsync("/api/v1/keys", new { name = "ada", role = "trader", reason = "new colleague" }, Cancelled);
        var secret = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("secret").GetString()!;

        var entry = gateway.Audit.Entries[^1];
        Assert.Equal(("create-key", "new colleague"), (entry.Action, entry.Reason));
        Assert.EndsWith("ada", entry.Subject, StringComparison.Ordinal);
        Assert.StartsWith("trader, portfolios all", entry.After, StringComparison.Ordinal);
        Assert.DoesNotContain(secret.Split('_', 3)[2], entry.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_Pages_AreReadNewestFirst()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient(gateway.Key);
        for (var i = 0; i < 5; i++)
        {
            await CommandAsync(http, "halt", null);
        }

        var first = await http.GetFromJsonAsync<JsonElement>("/api/v1/audit?limit=3", Cancelled);
        var second = await http.GetFromJsonAsync<JsonElement>($"/api/v1/audit?limit=3&before={first.GetProperty("before")}", Cancelled);
        var last = first.GetProperty("head").GetProperty("sequence").GetInt32();
        Assert.Equal([last, last - 1, last - 2], first.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("sequence").GetInt32()));
        Assert.Equal(last - 3, second.GetProperty("entries")[0].GetProperty("sequence").GetInt32());
        var rest = await http.GetFromJsonAsync<JsonElement>("/api/v1/audit?limit=1000", Cancelled);
        Assert.Equal((last, JsonValueKind.Null), (rest.GetProperty("entries").GetArrayLength(), rest.GetProperty("before").ValueKind));
        Assert.Equal("done", first.GetProperty("entries")[0].GetProperty("outcome").GetString());
        var day = (await http.GetFromJsonAsync<string[]>("/api/v1/audit/days", Cancelled))!.Single();
        Assert.Equal(last, (await http.GetStringAsync($"/api/v1/audit/days/{day}", Cancelled)).TrimEnd().Split('\n').Length);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync("/api/v1/audit/days/..%2Fhead", Cancelled)).StatusCode);
    }

    private static Task<HttpResponseMessage> CommandAsync(HttpClient http, string command, string? portfolio) =>
        http.PostAsJsonAsync($"/api/v1/control/{command}", new { reason = "a drill", portfolio }, Cancelled);

    private static string Path(string pattern) => string.Join('/', pattern.Split('/').Select(part => part.StartsWith('{') ? "main" : part));
}
