using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BtcAgent.Client.Access;
using BtcAgent.Client.Oidc;
using BtcAgent.Client.Tests.Access;
using BtcAgent.Contracts.Access;
using BtcAgent.Domain.Access;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;

namespace BtcAgent.Client.Tests.Oidc;

/// <summary>Tokens of a real provider on loopback, honest and forged.</summary>
public sealed class AccessTokenTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 11, 28, 0, 0, 0, TimeSpan.Zero);

    private TokenIssuer _issuer = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _issuer = await TokenIssuer.StartAsync(new FakeTimeProvider(Start));

    public ValueTask DisposeAsync() => _issuer.DisposeAsync();

    [Fact]
    public async Task Token_OfEachRole_IsItsHolder()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(_issuer.Settings());
        foreach (var role in Enum.GetValues<AccessRole>())
        {
            using var http = gateway.NewClient(_issuer.Issue([AccessRoles.NameOf(role)]));
            var session = await http.GetFromJsonAsync<JsonElement>("/api/v1/session", Cancelled);

            Assert.Equal($"{_issuer.Authority}#ada", session.GetProperty("name").GetString());
            Assert.Equal(AccessRoles.NameOf(role), JsonNamingPolicy.KebabCaseLower.ConvertName(session.GetProperty("role").GetString()!));
        }

        Assert.Equal(0, WrongKeys(gateway));
    }

    [Fact]
    public async Task Token_Elliptic_IsAccepted()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(_issuer.Settings());
        var token = _issuer.Issue(["viewer"], t => t.SigningCredentials = new SigningCredentials(_issuer.Elliptic, SecurityAlgorithms.EcdsaSha256));

        Assert.Equal(HttpStatusCode.OK, await AskAsync(gateway, token));
    }

    [Fact]
    public async Task Token_Forged_IsRefusedCountedAndLogged()
    {
        // Behind a proxy each request has another sender, so that the limit on wrong keys does not answer instead.
        await using var gateway = await GatewayUnderTest.StartAsync(_issuer.Settings(("Gateway:KnownProxies:0", "127.0.0.1")));
        var wrong = new List<string>();
        var sender = 0;
        foreach (var name in ForgedTokens.Names)
        {
            var before = WrongKeys(gateway);
            var token = ForgedTokens.Make(name, _issuer);
            using var http = gateway.NewClient(token);
            http.DefaultRequestHeaders.Add("X-Forwarded-For", $"10.0.0.{++sender}");
            using var answer = await http.GetAsync("/api/v1/session", Cancelled);
            var problem = await answer.Content.ReadAsStringAsync(Cancelled);
            if (answer.StatusCode != HttpStatusCode.Unauthorized || WrongKeys(gateway) != before + 1
                || !problem.Contains("The token was refused", StringComparison.Ordinal)
                || gateway.Log.Any(line => line.Contains(token.Split('.')[1], StringComparison.Ordinal)))
            {
                wrong.Add($"{name}: {answer.StatusCode} {problem}");
            }
        }

        Assert.Empty(wrong);
        Assert.Contains(gateway.Log, line => line.Contains("WrongKey", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Token_AtItsEnd_IsRefused()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(_issuer.Settings(("Gateway:Oidc:ClockSkewSeconds", "5")));
        var token = _issuer.Issue(["viewer"]);
        gateway.Time.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(4));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(gateway, token));
        gateway.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(gateway, token));
    }

    [Fact]
    public async Task Key_Rotated_NewTokensAreAcceptedAndOldOnesRefused()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(_issuer.Settings());
        var old = _issuer.Issue(["viewer"]);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(gateway, old));
        _issuer.Rotate();
        gateway.Time.Advance(ProviderKeys.UnknownKeyEvery);

        Assert.Equal(HttpStatusCode.OK, await AskAsync(gateway, _issuer.Issue(["viewer"])));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(gateway, old));
        Assert.Equal(2, _issuer.Reads);
    }

    [Fact]
    public async Task Key_Withdrawn_IsRefusedAfterTheRefreshWithoutANewOne()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(_issuer.Settings(("Gateway:Oidc:RefreshMinutes", "1")));
        var old = _issuer.Issue(["viewer"]);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(gateway, old));
        _issuer.Rotate();
        gateway.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(gateway, old));
    }

    [Fact]
    public async Task UnknownKeys_ManyTimesOver_CauseFewReads()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(_issuer.Settings());
        for (var i = 0; i < 15; i++)
        {
            await AskAsync(gateway, ForgedTokens.Make("unknown kid", _issuer));
        }

        Assert.Equal(1, _issuer.Reads);
    }

    [Fact]
    public async Task Provider_Down_TokensAre503AndKeysOfTheAgentWork()
    {
        _issuer.IsDown = true;
        await using var gateway = await GatewayUnderTest.StartAsync(_issuer.Settings());

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await AskAsync(gateway, _issuer.Issue(["viewer"])));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(gateway, gateway.Key));
        Assert.Contains(gateway.Log, line => line.Contains("cannot be read", StringComparison.Ordinal));
        _issuer.IsDown = false;
        gateway.Time.Advance(ProviderKeys.UnknownKeyEvery);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(gateway, _issuer.Issue(["viewer"])));

        _issuer.IsDown = true;
        gateway.Time.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(gateway, _issuer.Issue(["viewer"])));
    }

    [Theory]
    [InlineData("https://other.example.org", null)]
    [InlineData(null, "http://192.0.2.1/keys")]
    [InlineData(null, "file:///etc/passwd")]
    public async Task Provider_DocumentNamesAnotherIssuerOrUnsafeKeys_TokensAreNotAccepted(string? issuer, string? keys)
    {
        (_issuer.NamedIssuer, _issuer.NamedKeys) = (issuer, keys);
        await using var gateway = await GatewayUnderTest.StartAsync(_issuer.Settings());

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await AskAsync(gateway, _issuer.Issue(["admin"])));
    }

    [Fact]
    public async Task Roles_Mapped_TheHighestCountsAndOthersAreNothing()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(_issuer.Settings(("Gateway:Oidc:RoleMap:desk", "trader"), ("Gateway:Oidc:RoleMap:all", "viewer")));
        using var http = gateway.NewClient(_issuer.Issue(["all", "desk", "admin"]));

        Assert.Equal("trader", (await http.GetFromJsonAsync<JsonElement>("/api/v1/session", Cancelled)).GetProperty("role").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(gateway, _issuer.Issue(["admin"])));
    }

    [Fact]
    public async Task Portfolios_OfTheClaim_LimitTheHolder()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(_issuer.Settings(("Gateway:Oidc:PortfolioClaim", "books")));
        string Of(params string[] books) => _issuer.Issue(["trader"], token => token.Claims["books"] = books);
        using var other = gateway.NewClient(Of("other"));
        using var every = gateway.NewClient(Of("*"));
        using var refused = await other.GetAsync("/api/v1/portfolios/main", Cancelled);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("is for portfolio other", await refused.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.Forbidden, (await every.GetAsync("/api/v1/portfolios/main", Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(gateway, _issuer.Issue(["trader"])));
    }

    [Fact]
    public async Task Session_OfATokenThatEndsInCenturies_HasAnEndThatCanBeRead()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(_issuer.Settings());
        using var http = gateway.NewClient(_issuer.Issue(["trader"], token => token.Expires = new DateTime(2286, 11, 20, 0, 0, 0, DateTimeKind.Utc)));

        var session = await http.GetFromJsonAsync<JsonElement>("/api/v1/session", Cancelled);

        Assert.StartsWith("2262-01-01T00:00:00", session.GetProperty("expiresAt").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_ByAToken_IsRecordedWithIssuerAndSubject()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(_issuer.Settings());
        using var http = gateway.NewClient(_issuer.Issue(["trader"]));
        await http.PostAsJsonAsync("/api/v1/control/halt", new { reason = "a drill" }, Cancelled);

        var entry = Assert.Single(gateway.Audit.Entries);
        Assert.Equal(($"{_issuer.Authority}#ada", "trader"), (entry.Actor, entry.Role));
    }

    [Fact]
    public async Task SignIn_WithAToken_OpensNoSession()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(_issuer.Settings());
        using var http = gateway.NewClient();
        using var form = new FormUrlEncodedContent([new("key", _issuer.Issue(["admin"]))]);

        Assert.Equal(HttpStatusCode.Unauthorized, (await http.PostAsync("/signin", form, Cancelled)).StatusCode);
    }

    [Fact]
    public async Task Tokens_ByDefault_AreWrongKeys()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(gateway, _issuer.Issue(["admin"])));
        Assert.Equal(0, _issuer.Reads);
    }

    [Theory]
    [InlineData("http://login.example.org", "btcagent", "is not an https address")]
    [InlineData("login.example.org", "btcagent", "is not an https address")]
    [InlineData("https://login.example.org", "", "Audience is empty")]
    public void Settings_Unsafe_AreRefused(string authority, string audience, string problem)
    {
        var options = new OidcOptions { Authority = authority, Audience = audience };

        Assert.Contains(problem, Assert.Single(OidcOptionsValidator.Problems(options)), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_UnknownRole_IsRefused() =>
        Assert.Contains("'boss' is not a role", Assert.Single(OidcOptionsValidator.Problems(new OidcOptions { RoleMap = { ["desk"] = "boss" } })), StringComparison.Ordinal);

    private static long WrongKeys(GatewayUnderTest gateway) => gateway.Services.GetRequiredService<IAttackBoard>().WrongKeys;

    private static async Task<HttpStatusCode> AskAsync(GatewayUnderTest gateway, string token)
    {
        using var http = gateway.NewClient(token);
        using var answer = await http.GetAsync("/api/v1/session", Cancelled);
        return answer.StatusCode;
    }
}
