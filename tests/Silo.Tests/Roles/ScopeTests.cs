using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using BtcAgent.Client.Access;
using BtcAgent.Domain.Access;
using BtcAgent.History.Audit;
using BtcAgent.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Silo.Tests.Roles;

/// <summary>Keys of a running agent: what those for one portfolio see, what survives a restart, what the audit keeps.</summary>
public sealed class ScopeTests : IAsyncLifetime
{
    private static readonly KeyValuePair<string, string?>[] TwoPortfolios =
    [
        .. RunningAgent.Restless,
        new("Agent:Portfolios:1:Id", "second"),
        new("Agent:Portfolios:1:InitialBalances:USDT", "50000"),
        new("Agent:Strategies:1:Name", "other"),
        new("Agent:Strategies:1:Model", "ema-cross"),
        new("Agent:Strategies:1:Instrument", "BINANCE:BTCUSDT"),
        new("Agent:Strategies:1:Portfolio", "second"),
        new("Agent:Strategies:1:Parameters:fast", "1"),
        new("Agent:Strategies:1:Parameters:slow", "2"),
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-scope-");
    private RunningAgent _agent = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _agent = await RunningAgent.StartAsync(_folder.FullName, TwoPortfolios);

    public async ValueTask DisposeAsync()
    {
        await _agent.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Lists_ByAKeyForOnePortfolio_ContainNoOther()
    {
        using var limited = ClientOf(await IssueAsync("sam", AccessRole.Trader, "second"));
        await Eventually.TrueAsync(
            "both portfolios have orders",
            async () => await CountAsync(_agent.Http, "main") > 0 && await CountAsync(_agent.Http, "second") > 0,
            TimeSpan.FromSeconds(60));

        Assert.Equal(["second"], await TextsAsync(limited, "portfolios", "portfolio"));
        Assert.Equal(["second"], (await GetAsync(limited, "status")).GetProperty("breakers").EnumerateObject().Select(breaker => breaker.Name));
        Assert.Equal(["second/BINANCE:BTCUSDT"], (await GetAsync(limited, "executions")).EnumerateObject().Select(execution => execution.Name));
        Assert.Equal(["other"], (await TextsAsync(limited, "signals", "strategy")).Distinct());
        Assert.Equal(["second"], (await TextsAsync(limited, "decisions?limit=500", "portfolio")).Distinct());
        Assert.Equal(["second"], (await TextsAsync(limited, "decisions/summaries?limit=500", "portfolio")).Distinct());
        Assert.All((await GetAsync(limited, "orders?limit=500")).EnumerateArray(), order =>
            Assert.Equal("second", order.GetProperty("intent").GetProperty("portfolio").GetString()));
        var foreign = (await TextsAsync(_agent.Http, "decisions/summaries?portfolio=main&limit=1", "id"))[0];
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(limited, $"decisions/{foreign}"));
        foreach (var path in new[] { "portfolios/main", "portfolios/main/limits", "orders?portfolio=main", "history/orders?portfolio=main", "history/orders", "history/signals" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(limited, path));
        }
    }

    [Fact]
    public async Task KeyAndAudit_AfterARestart_AreKept()
    {
        using var viewer = ClientOf(await IssueAsync("vera", AccessRole.Viewer));
        using var trader = ClientOf(await IssueAsync("tom", AccessRole.Trader));
        Assert.Equal(HttpStatusCode.Forbidden, await HaltAsync(viewer));
        Assert.Equal(HttpStatusCode.OK, await HaltAsync(trader));
        using var revoked = await _agent.Http.PostAsJsonAsync($"/api/v1/keys/{await IdOfAsync("tom")}/revoke", new { reason = "left the desk" }, Cancelled);
        Assert.True(revoked.IsSuccessStatusCode);
        await _agent.DisposeAsync();

        var verified = AuditFiles.Verify(Path.Combine(_folder.FullName, AuditFiles.FolderName), _ => { }, Cancelled);
        Assert.Empty(verified.Faults);
        Assert.True(verified.Entries > 6);

        _agent = await RunningAgent.StartAsync(_folder.FullName, TwoPortfolios);
        using var after = ClientOf(viewer.DefaultRequestHeaders.Authorization!.Parameter!);
        using var gone = ClientOf(trader.DefaultRequestHeaders.Authorization!.Parameter!);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(after, "session"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(gone, "session"));
        var entries = (await GetAsync(_agent.Http, "audit?limit=1000")).GetProperty("entries").EnumerateArray()
            .Select(entry => (entry.GetProperty("actor").GetString(), entry.GetProperty("action").GetString(), entry.GetProperty("outcome").GetString())).ToList();
        Assert.Contains(("vera", "halt", "refused"), entries);
        Assert.Contains(("tom", "halt", "done"), entries);
        Assert.Contains(("operator", "revoke-key", "done"), entries);
    }

    [Fact]
    public async Task Audit_OfATradingAgent_ContainsItsOrdersFillsAndBreakers()
    {
        // A halt cancels an order that is not filled yet.
        await Eventually.TrueAsync(
            "a fill",
            async () => (await GetAsync(_agent.Http, "portfolios/main")).GetProperty("portfolio").GetProperty("fillCount").GetInt32() > 0,
            TimeSpan.FromSeconds(60));
        await HaltAsync(_agent.Http);
        await Eventually.TrueAsync(
            "orders, fills and the breaker are recorded",
            async () =>
            {
                var actions = (await GetAsync(_agent.Http, "audit?limit=1000")).GetProperty("entries").EnumerateArray()
                    .Select(entry => entry.GetProperty("action").GetString()!).ToHashSet(StringComparer.Ordinal);
                return actions.Contains("order filled") && actions.Contains("fill") && actions.Any(action => action.StartsWith("breaker", StringComparison.Ordinal));
            },
            TimeSpan.FromSeconds(30));
    }

    /// <summary>The routes that only a whole agent has: dashboard, metrics, explorer; commands are walked over in the gateway's own tests.</summary>
    [Fact]
    public async Task EveryRead_OfTheWholeAgent_IsOpenFromItsRoleUp()
    {
        var routes = RouteTable.Of(_agent.Services.GetRequiredService<EndpointDataSource>().Endpoints).Where(route => route.Method == "GET").ToList();
        Assert.Contains(routes, route => route.Path.StartsWith("/dashboard", StringComparison.Ordinal));
        Assert.Contains(routes, route => route.Path == "/metrics");
        var wrong = new List<string>();
        foreach (var role in Enum.GetValues<AccessRole>())
        {
            using var http = ClientOf(await IssueAsync($"walks-as-{AccessRoles.NameOf(role)}", role));
            foreach (var route in routes.Where(route => route.Rule.Callers != RouteCallers.Anyone && !route.Path.EndsWith("LogStream", StringComparison.Ordinal)))
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, string.Join('/', route.Path.Split('/').Select(part => !part.StartsWith('{') ? part : part.Contains(":int", StringComparison.Ordinal) ? "1" : "main")));
                using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
                if ((answer.StatusCode == HttpStatusCode.Forbidden) != (route.Rule.Role > role) || answer.StatusCode == HttpStatusCode.Unauthorized)
                {
                    wrong.Add($"{route.Path} as {role}: {answer.StatusCode}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    private HttpClient ClientOf(string key)
    {
        var http = _agent.NewClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return http;
    }

    private async Task<string> IssueAsync(string name, AccessRole role, params string[] portfolios)
    {
        using var answer = await _agent.Http.PostAsJsonAsync(
            "/api/v1/keys",
            new { name, role = AccessRoles.NameOf(role), reason = "for a test", portfolios = portfolios.Length == 0 ? null : portfolios },
            Cancelled);
        var text = await answer.Content.ReadAsStringAsync(Cancelled);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement.GetProperty("secret").GetString()!;
    }

    private async Task<string> IdOfAsync(string name) => (await GetAsync(_agent.Http, "keys")).EnumerateArray()
        .Single(key => key.GetProperty("name").GetString() == name).GetProperty("id").GetString()!;

    private static async Task<HttpStatusCode> HaltAsync(HttpClient http) =>
        (await http.PostAsJsonAsync("/api/v1/control/halt", new { reason = "a drill" }, Cancelled)).StatusCode;

    private static async Task<int> CountAsync(HttpClient http, string portfolio) => (await GetAsync(http, $"orders?portfolio={portfolio}")).GetArrayLength();

    private static async Task<List<string?>> TextsAsync(HttpClient http, string path, string name) =>
        [.. (await GetAsync(http, path)).EnumerateArray().Select(item => item.GetProperty(name).GetString())];

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string path) => (await http.GetAsync($"/api/v1/{path}", Cancelled)).StatusCode;

    private static async Task<JsonElement> GetAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync($"/api/v1/{path}", Cancelled);
        var text = await answer.Content.ReadAsStringAsync(Cancelled);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }
}
