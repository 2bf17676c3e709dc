using System.Net;
using System.Net.Http.Json;
using BtcAgent.Client.Operators;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Client.Tests.Access;

/// <summary>Sessions are random, expire, can be ended, and belong to one process.</summary>
public sealed class SessionTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignIn_Twice_GivesTwoIdsThatHoldNothingOfTheKey()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient();
        var first = await gateway.SignInAsync(http);
        var second = await gateway.SignInAsync(http);

        Assert.NotEqual(first, second);
        Assert.DoesNotContain(gateway.Key, first, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await GetAsync(gateway, first));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(gateway, second));
    }

    [Fact]
    public async Task Cookie_OfAnotherProcessWithTheSameKey_OpensNothing()
    {
        await using var before = await GatewayUnderTest.StartAsync();
        await using var after = await GatewayUnderTest.StartAsync();
        using var http = before.NewClient();
        var id = (await before.SignInAsync(http)).Split('=')[1];

        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(after, $"btcagent-{after.Address.Port}={id}"));
    }

    [Fact]
    public async Task Cookie_UnusedForAnHour_OpensNothing()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient();
        var cookie = await gateway.SignInAsync(http);

        gateway.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(gateway, cookie));
        gateway.Time.Advance(TimeSpan.FromMinutes(60));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(gateway, cookie));
    }

    [Fact]
    public async Task Cookie_UsedForADay_OpensNothing()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient();
        var cookie = await gateway.SignInAsync(http);
        for (var minutes = 0; minutes < (24 * 60) - 30; minutes += 30)
        {
            gateway.Time.Advance(TimeSpan.FromMinutes(30));
            Assert.Equal(HttpStatusCode.OK, await GetAsync(gateway, cookie));
        }

        gateway.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(gateway, cookie));
    }

    [Fact]
    public async Task SignOut_EndsTheSessionOnTheServer()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient();
        var cookie = await gateway.SignInAsync(http);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/signout");
        request.Headers.Add("Cookie", cookie);
        request.Headers.Add("Origin", gateway.Address.GetLeftPart(UriPartial.Authority));

        using var answer = await http.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("\"cache\", \"storage\"", Assert.Single(answer.Headers.GetValues("Clear-Site-Data")));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(gateway, cookie));
    }

    [Fact]
    public async Task CloseSessions_ByTheKey_EndsThemAll()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient(gateway.Key);
        string[] cookies = [await gateway.SignInAsync(http), await gateway.SignInAsync(http)];

        var answer = await http.DeleteAsync("/api/v1/sessions", Cancelled);

        Assert.Equal("""{"closed":2}""", await answer.Content.ReadAsStringAsync(Cancelled));
        Assert.All(cookies, cookie => Assert.Equal(HttpStatusCode.Unauthorized, GetAsync(gateway, cookie).GetAwaiter().GetResult()));
    }

    [Fact]
    public async Task Cookie_Forged_OpensNothingAndLocksNobodyOut()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient();
        for (var i = 0; i < 40; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(gateway, $"btcagent-{gateway.Address.Port}=forged{i}"));
        }

        Assert.Equal(HttpStatusCode.OK, await GetAsync(gateway, await gateway.SignInAsync(http)));
        Assert.Single(gateway.Log, l => l.Contains("UnknownSession", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SignIn_MoreThanFit_EndsTheOneIdleLongest()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var sessions = gateway.Services.GetRequiredService<OperatorSessions>();
        var first = sessions.Open(Caller.Operator);
        gateway.Time.Advance(TimeSpan.FromSeconds(1));
        var others = Enumerable.Range(0, OperatorSessions.SessionsMax).Select(_ => sessions.Open(Caller.Operator)).ToArray();

        Assert.Null(sessions.Find(first));
        Assert.All(others, id => Assert.Equal(Caller.Operator, sessions.Find(id)));
    }

    [Fact]
    public async Task Cookie_FromAPageOfAnotherOrigin_ChangesNothing()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/control/halt") { Content = JsonContent.Create(new { reason = "abc" }) };
        request.Headers.Add("Cookie", await gateway.SignInAsync(http));
        request.Headers.Add("Origin", "http://evil.example");

        Assert.Equal(HttpStatusCode.Unauthorized, (await http.SendAsync(request, Cancelled)).StatusCode);
        Assert.Single(gateway.Log, l => l.Contains("ForeignOrigin", StringComparison.Ordinal));
    }

    private static async Task<HttpStatusCode> GetAsync(GatewayUnderTest gateway, string cookie)
    {
        using var http = gateway.NewClient();
        http.DefaultRequestHeaders.Add("Cookie", cookie);
        return (await http.GetAsync("/caller", Cancelled)).StatusCode;
    }
}
