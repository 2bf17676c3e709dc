using System.Net;
using BtcAgent.Client.Operators;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Client.Tests.Access;

/// <summary>A link works once and for a limited time, and never contains the key.</summary>
public sealed class SignInLinkTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Link_Opened_SignsInOnce()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient();
        var link = gateway.Services.GetRequiredService<SignInLinks>().Make();
        Assert.DoesNotContain(gateway.Key, link, StringComparison.Ordinal);

        var first = await http.GetAsync(link, Cancelled);
        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        Assert.Contains("httponly", GatewayUnderTest.Cookie(first), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", GatewayUnderTest.Cookie(first), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(link, Cancelled)).StatusCode);
    }

    [Fact]
    public async Task Link_AQuarterOfAnHourOld_IsVoid()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient();
        var link = gateway.Services.GetRequiredService<SignInLinks>().Make();
        gateway.Time.Advance(TimeSpan.FromMinutes(15));

        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(link, Cancelled)).StatusCode);
    }

    [Fact]
    public async Task Link_FetchedAheadByTheBrowser_StaysGood()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient();
        var link = gateway.Services.GetRequiredService<SignInLinks>().Make();
        using var ahead = new HttpRequestMessage(HttpMethod.Get, link);
        ahead.Headers.Add("Sec-Purpose", "prefetch;prerender");

        Assert.Equal(HttpStatusCode.OK, (await http.SendAsync(ahead, Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await http.GetAsync(link, Cancelled)).StatusCode);
    }

    [Fact]
    public async Task SignIn_KeyInTheAddress_IsRefusedAlsoWhenRight()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient();
        var answer = await http.GetAsync($"/signin?key={gateway.Key}", Cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Contains("history", await answer.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_HugeForm_IsRefused()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient();
        using var form = new FormUrlEncodedContent([new("key", new string('k', 10_000))]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await http.PostAsync("/signin", form, Cancelled)).StatusCode);
    }
}
