using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.Options;

namespace BtcAgent.Client.Tests.Access;

/// <summary>Behind a TLS proxy the gateway uses the forwarded headers; it ignores those of other senders.</summary>
public sealed class ForwardedHeaderTests
{
    private const string Public = "btcagent.example.org";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Gateway:KnownProxies:0", "127.0.0.1", "https://btcagent.example.org")]
    [InlineData("Gateway:KnownNetworks:0", "127.0.0.0/8", "https://btcagent.example.org:443")]
    [InlineData("Gateway:KnownProxies:0", "127.0.0.1", "https://BTCAGENT.example.org")]
    public async Task Command_BehindAConfiguredTlsProxy_IsDoneBySession(string setting, string proxy, string origin)
    {
        await using var gateway = await GatewayUnderTest.StartAsync((setting, proxy), ("Gateway:AllowedHosts:0", Public));
        using var http = Behind(gateway, "198.51.100.7");
        var signIn = await SignInAsync(http, gateway.Key);
        var cookie = GatewayUnderTest.Cookie(signIn);
        Assert.StartsWith("__Host-btcagent=", cookie, StringComparison.Ordinal);
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; path=/", cookie, StringComparison.OrdinalIgnoreCase);

        using var halt = new HttpRequestMessage(HttpMethod.Post, "/api/v1/control/halt") { Content = JsonContent.Create(new { reason = "abc" }) };
        halt.Headers.Add("Cookie", cookie.Split(';')[0]);
        halt.Headers.Add("Origin", origin);
        Assert.Equal(HttpStatusCode.OK, (await http.SendAsync(halt, Cancelled)).StatusCode);
    }

    [Fact]
    public async Task Caller_BehindAConfiguredProxy_IsTheForwardedOne()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(("Gateway:KnownProxies:0", "127.0.0.1"), ("Gateway:AllowedHosts:0", Public));
        using var http = Behind(gateway, "203.0.113.9, 198.51.100.7");
        http.DefaultRequestHeaders.Authorization = new("Bearer", gateway.Key);
        Assert.Equal($"https://{Public} 198.51.100.7", await http.GetStringAsync("/caller", Cancelled));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("Gateway:KnownProxies:0", "10.0.0.1")]
    [InlineData("Gateway:KnownNetworks:0", "10.244.0.0/16")]
    public async Task ForwardedHeaders_FromSomebodyElse_AreIgnoredAndToldOf(string? setting, string? proxy)
    {
        (string, string)[] settings = setting is null ? [] : [(setting, proxy!)];
        await using var gateway = await GatewayUnderTest.StartAsync([.. settings, ("Gateway:AllowedHosts:0", Public)]);
        using var http = Behind(gateway, "198.51.100.7");
        http.DefaultRequestHeaders.Authorization = new("Bearer", gateway.Key);

        Assert.Equal($"{gateway.Address.GetLeftPart(UriPartial.Authority)} 127.0.0.1", await http.GetStringAsync("/caller", Cancelled));
        Assert.Single(gateway.Log, l => l.Contains("ForwardedByStranger", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ForwardedHost_NotAllowed_IsRefused()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(("Gateway:KnownProxies:0", "127.0.0.1"));
        using var http = Behind(gateway, "198.51.100.7");
        Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync("/caller", Cancelled)).StatusCode);
        Assert.Single(gateway.Log, l => l.Contains("ForeignHost", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Command_BehindAProxyNobodyNamed_SaysWhichSettingIsMissing()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient();
        using var halt = new HttpRequestMessage(HttpMethod.Post, "/api/v1/control/halt") { Content = JsonContent.Create(new { reason = "abc" }) };
        halt.Headers.Add("Cookie", await gateway.SignInAsync(http));
        halt.Headers.Add("Origin", $"https://{Public}");

        var answer = await http.SendAsync(halt, Cancelled);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("Gateway:KnownProxies", await answer.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Gateway:KnownProxies:0", "ingress.local", "'ingress.local' is not an IP address")]
    [InlineData("Gateway:KnownNetworks:0", "10.0.0.0", "'10.0.0.0' is not a network")]
    [InlineData("Gateway:KnownNetworks:0", "0.0.0.0/0", "contains every address")]
    [InlineData("Gateway:SessionIdleMinutes", "0", "SessionIdleMinutes")]
    [InlineData("Gateway:UnprovenConnectionsMax", "1", "UnprovenConnectionsMax")]
    public async Task Start_WrongSetting_SaysSo(string key, string value, string expected)
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => GatewayUnderTest.StartAsync((key, value)));
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    private static HttpClient Behind(GatewayUnderTest gateway, string forwardedFor)
    {
        var http = gateway.NewClient();
        http.DefaultRequestHeaders.Add("X-Forwarded-For", forwardedFor);
        http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        http.DefaultRequestHeaders.Add("X-Forwarded-Host", Public);
        return http;
    }

    private static async Task<HttpResponseMessage> SignInAsync(HttpClient http, string key)
    {
        using var form = new FormUrlEncodedContent([new("key", key)]);
        return await http.PostAsync("/signin", form, Cancelled);
    }
}
