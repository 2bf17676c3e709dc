using System.Globalization;
using System.Net;
using System.Text;
using BtcAgent.Client.Access;
using BtcAgent.Client.Operators;
using BtcAgent.Client.Tests.Oidc;
using BtcAgent.Client.Tests.Rpc;
using BtcAgent.Domain.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Client.Tests.Access;

/// <summary>Every route of the gateway, read from its endpoints, with every kind of key.</summary>
public sealed class RouteWalkTests
{
    /// <summary>Behind a proxy each request has another sender, so that the limits of one sender do not answer instead of the rules.</summary>
    private static readonly (string, string)[] Settings = [("Gateway:KnownProxies:0", "127.0.0.1")];

    /// <summary>The gateway's time.</summary>
    private static readonly DateTimeOffset Now = new(2026, 11, 28, 0, 0, 0, TimeSpan.Zero);

    private static int s_sender;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryRoute_WithoutAnAcceptedKey_IsOpenOnlyWhereItsRuleSaysSo()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Settings);
        var expired = gateway.Keys.Issue("expired", AccessRole.Admin, until: TimeSpan.FromDays(1));
        var revoked = gateway.Keys.Issue("revoked", AccessRole.Admin);
        var rotated = gateway.Keys.Issue("rotated", AccessRole.Admin);
        await gateway.Keys.Revoke(gateway.Keys.KeyOf("revoked").Id);
        await gateway.Keys.Rotate(gateway.Keys.KeyOf("rotated").Id, ApiKeyText.New().Digest, TimeSpan.FromHours(1));
        gateway.Time.Advance(TimeSpan.FromDays(1));
        string?[] keys =
        [
            null, "wrong", gateway.Key[..^1], ApiKeyText.New().ToString(), ApiKeyText.New(gateway.Keys.KeyOf("revoked").Id).ToString(), "btck_", expired, revoked, rotated,
        ];

        var wrong = new List<string>();
        foreach (var route in Routes(gateway))
        {
            foreach (var key in keys)
            {
                var status = await AskAsync(gateway, route, key);
                if (IsRefused(status) != (route.Rule.Callers != RouteCallers.Anyone) || status == HttpStatusCode.Forbidden)
                {
                    wrong.Add($"{route.Method} {route.Path} with {key ?? "no key"}: {status}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task EveryRoute_ByRole_IsOpenFromItsRoleUp()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Settings);
        var wrong = new List<string>();
        foreach (var role in Enum.GetValues<AccessRole>())
        {
            var key = gateway.Keys.Issue(AccessRoles.NameOf(role), role);
            gateway.Time.Advance(KeyDirectory.AgeMax);
            foreach (var route in Routes(gateway))
            {
                var status = await AskAsync(gateway, route, key);
                var expected = route.Rule.Role is { } lowest && role < lowest;
                if (status == HttpStatusCode.Unauthorized && route.Rule.Verb != CommandVerbs.SignIn || (status == HttpStatusCode.Forbidden) != expected)
                {
                    wrong.Add($"{route.Method} {route.Path} as {role}: {status}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task EveryRoute_ByTheRoleOfAToken_IsOpenFromItsRoleUpAndClosedToForgedOnes()
    {
        await using var issuer = await TokenIssuer.StartAsync(new FakeTimeProvider(Now));
        await using var gateway = await GatewayUnderTest.StartAsync(issuer.Settings(Settings));
        var wrong = new List<string>();
        var honest = Enum.GetValues<AccessRole>().ToDictionary(role => role, role => issuer.Issue([AccessRoles.NameOf(role)]));
        var forged = new[] { "none", "other audience", "expired", "without role" }.ToDictionary(name => name, name => ForgedTokens.Make(name, issuer));
        foreach (var route in Routes(gateway))
        {
            foreach (var (role, token) in honest)
            {
                var status = await AskAsync(gateway, route, token);
                if ((status == HttpStatusCode.Unauthorized && route.Rule.Verb != CommandVerbs.SignIn)
                    || (status == HttpStatusCode.Forbidden) != (route.Rule.Role is { } lowest && role < lowest))
                {
                    wrong.Add($"{route.Method} {route.Path} as {role}: {status}");
                }
            }

            foreach (var (name, token) in forged)
            {
                var status = await AskAsync(gateway, route, token);
                if (IsRefused(status) != (route.Rule.Callers != RouteCallers.Anyone))
                {
                    wrong.Add($"{route.Method} {route.Path} with {name}: {status}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task EveryCommand_WithAKeyForAnotherCommand_IsForbidden()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Settings);
        var wrong = new List<string>();
        foreach (var route in Routes(gateway).Where(route => route.Rule is { Callers: not RouteCallers.Anyone, Verb: not (null or CommandVerbs.SignOut) }))
        {
            var others = CommandVerbs.All.Where(verb => verb != route.Rule.Verb).ToArray();
            Assert.True(others.Length < CommandVerbs.All.Length, $"{route.Rule.Verb} is not in the list of commands");
            var other = gateway.Keys.Issue($"not-{route.Rule.Verb}", AccessRole.Admin, new AccessScope { Verbs = [.. others] });
            var only = gateway.Keys.Issue($"only-{route.Rule.Verb}", AccessRole.Admin, new AccessScope { Verbs = [route.Rule.Verb!] });
            gateway.Time.Advance(KeyDirectory.AgeMax);
            if (await AskAsync(gateway, route, other) != HttpStatusCode.Forbidden || await AskAsync(gateway, route, only) == HttpStatusCode.Forbidden)
            {
                wrong.Add($"{route.Method} {route.Path}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task EveryRoute_WithAKeyForAnotherPortfolio_IsForbiddenWhereItIsAboutOne()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Settings);
        var own = gateway.Keys.Issue("own", AccessRole.Admin, new AccessScope { Portfolios = ["main"] });
        var other = gateway.Keys.Issue("other", AccessRole.Admin, new AccessScope { Portfolios = ["other"] });
        var wrong = new List<string>();
        foreach (var route in Routes(gateway).Where(route => route.Rule.Callers != RouteCallers.Anyone))
        {
            var isAboutOne = route.Rule.Scope is RouteScope.Path or RouteScope.Query or RouteScope.Body;
            var withOwn = await AskAsync(gateway, route, own);
            var withOther = await AskAsync(gateway, route, other);
            if ((withOwn == HttpStatusCode.Forbidden) != (route.Rule.Scope == RouteScope.WholeAgent || IsOfAllPortfolios(route))
                || (withOther == HttpStatusCode.Forbidden) != (route.Rule.Scope == RouteScope.WholeAgent || isAboutOne))
            {
                wrong.Add($"{route.Method} {route.Path} ({route.Rule.Scope}): {withOwn}, {withOther}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task EveryRoute_ByTheMetricsToken_IsForbiddenExceptMetrics()
    {
        var file = Path.GetTempFileName();
        const string Token = "0123456789abcdef0123456789abcdef";
        await File.WriteAllTextAsync(file, Token, Cancelled);
        await using var gateway = await GatewayUnderTest.StartAsync([.. Settings, ("Gateway:MetricsTokenFile", file)]);
        var wrong = new List<string>();
        foreach (var route in Routes(gateway))
        {
            if ((await AskAsync(gateway, route, Token) == HttpStatusCode.Forbidden) != (route.Rule.Callers == RouteCallers.KeyHolders))
            {
                wrong.Add($"{route.Method} {route.Path}");
            }
        }

        Assert.Empty(wrong);
        File.Delete(file);
    }

    [Fact]
    public async Task Start_EndpointWithoutARule_IsRefused()
    {
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => GatewayUnderTest.StartAsync(app => app.MapGet("/forgotten", () => "secret")));
        Assert.Contains("/forgotten", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("has no rule", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_EndpointThatChangesWithoutACommand_IsRefused()
    {
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => GatewayUnderTest.StartAsync(app =>
            app.MapPost("/forgotten", () => "done").WithRule(RouteRule.Read(AccessRole.Admin, RouteScope.Shared))));
        Assert.Contains("names no command", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_EndpointOpenedBesideItsRule_IsRefused()
    {
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => GatewayUnderTest.StartAsync(app =>
            app.MapGet("/forgotten", () => "secret").WithRule(RouteRule.Read(AccessRole.Admin, RouteScope.Shared)).AllowAnonymous()));
        Assert.Contains("or the reverse", refusal.Message, StringComparison.Ordinal);
    }

    private static bool IsRefused(HttpStatusCode status) => status == HttpStatusCode.Unauthorized;

    private static bool IsOfAllPortfolios(RouteEntry route) => route.Path is "/api/v1/history/signals" or "/api/v1/history/risk";

    /// <summary>Sign-in answers 401 by itself, to a wrong key in its form; its tests are elsewhere.</summary>
    private static List<RouteEntry> Routes(GatewayUnderTest gateway)
    {
        var routes = RouteTable.Of(gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints)
            .Where(route => (route.Method, route.Path) is not ("POST", "/signin") && !RpcProbe.IsRpc(route.Path)).ToList();
        Assert.True(routes.Count > 30, $"only {routes.Count} routes");
        return routes;
    }

    private static async Task<HttpStatusCode> AskAsync(GatewayUnderTest gateway, RouteEntry route, string? key)
    {
        using var http = gateway.NewClient(key);
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), PathOf(route));
        var sender = Interlocked.Increment(ref s_sender);
        request.Headers.Add("X-Forwarded-For", string.Create(CultureInfo.InvariantCulture, $"10.{(sender >> 16) & 255}.{(sender >> 8) & 255}.{sender & 255}"));
        if (route.Rule.Verb is not null)
        {
            var type = route.Rule.Verb == CommandVerbs.RegisterModel ? "application/zip" : "application/json";
            request.Content = new StringContent(BodyOf(route.Rule), Encoding.UTF8, type);
        }

        using var answer = await http.SendAsync(request, Cancelled);
        return answer.StatusCode;
    }

    private static string PathOf(RouteEntry route)
    {
        var parts = RoutePatternFactory.Parse(route.Path).PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternParameterPart { Name: "documentName" } => "v1",
            RoutePatternParameterPart { Name: "file" } => "console.css",
            RoutePatternParameterPart => "main",
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            _ => throw new InvalidOperationException($"unknown part in {route.Path}"),
        })));
        return "/" + string.Join('/', parts) + (route.Rule.Scope == RouteScope.Query ? "?portfolio=main" : "");
    }

    /// <summary>A body for the portfolio <c>main</c>; for commands that are not about one, any.</summary>
    private static string BodyOf(RouteRule rule) => rule switch
    {
        { Verb: CommandVerbs.PlaceOrder } =>
            """{"requestId":"1","portfolio":"main","instrument":"BINANCE:BTCUSDT","side":"buy","type":"market","quantity":"0.01"}""",
        { Scope: RouteScope.Body } => """{"reason":"a drill","portfolio":"main"}""",
        _ => "{}",
    };
}
