using System.Net;
using Microsoft.Extensions.Options;

namespace BtcAgent.Client.Tests.Access;

/// <summary>Headers of every answer, whoever asks, and the page for those who find a vulnerability.</summary>
public sealed class SecurityHeaderTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/")]
    [InlineData("/signin")]
    [InlineData("/assets/console.js")]
    [InlineData("/api/v1/session")]
    [InlineData("/no/such/page")]
    public async Task Answer_WithAndWithoutAKey_HasTheHeaders(string path)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        foreach (var key in new[] { null, gateway.Key })
        {
            using var http = gateway.NewClient(key);
            using var answer = await http.GetAsync(path, Cancelled);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
            Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.True(answer.Headers.CacheControl!.NoStore);
            Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }

    [Fact]
    public async Task Answer_BehindATlsProxy_DemandsTlsForAYear()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(("Gateway:KnownProxies:0", "127.0.0.1"));
        using var http = gateway.NewClient(gateway.Key);
        http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        using var answer = await http.GetAsync("/api/v1/session", Cancelled);
        Assert.Equal("max-age=31536000; includeSubDomains", answer.Headers.GetValues("Strict-Transport-Security").Single());

        // It would hold for all ports of localhost, also those of other programs.
        http.DefaultRequestHeaders.Host = "localhost";
        using var local = await http.GetAsync("/api/v1/session", Cancelled);
        Assert.Equal(HttpStatusCode.OK, local.StatusCode);
        Assert.False(local.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task SecurityTxt_WithAContact_IsOpenToEverybodyAndNeverExpired()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(("Gateway:SecurityContact", "mailto:security@example.org"));
        using var http = gateway.NewClient();
        Assert.Equal(
            "Contact: mailto:security@example.org\nExpires: 2027-05-27T00:00:00Z\nPreferred-Languages: en\n",
            await http.GetStringAsync("/.well-known/security.txt", Cancelled));
    }

    [Fact]
    public async Task SecurityTxt_WithoutAContact_IsNotThere()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient();
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/.well-known/security.txt", Cancelled)).StatusCode);
    }

    [Theory]
    [InlineData("security@example.org")]
    [InlineData("mailto:a@b\nExpires: never")]
    public async Task Start_ContactThatIsNoAddress_SaysSo(string contact)
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => GatewayUnderTest.StartAsync(("Gateway:SecurityContact", contact)));
        Assert.Contains("SecurityContact", refusal.Message, StringComparison.Ordinal);
    }
}
