using System.Collections.Immutable;
using System.Net;
using BtcAgent.Client.Tests.Access;
using BtcAgent.Contracts.Risk;

namespace BtcAgent.Client.Tests.Api;

public sealed class EntityTagTests
{
    private const string Limits = "/api/v1/portfolios/main/limits";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_AgainWithTheTag_IsNotModifiedUntilTheAnswerChanges()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient(gateway.Key);
        using var first = await http.GetAsync(Limits, Cancelled);
        var tag = first.Headers.ETag!.ToString();

        using var second = await AskAsync(http, Limits, tag);
        using var other = await AskAsync(http, Limits, "W/\"0123\"");
        gateway.Limits = new LimitsInForce(ImmutableSortedDictionary<string, decimal>.Empty.Add("MaxOpenOrders", 3), [], []);
        using var third = await AskAsync(http, Limits, tag);

        Assert.Equal("application/json", first.Content.Headers.ContentType!.MediaType);
        Assert.Equal((HttpStatusCode.NotModified, ""), (second.StatusCode, await second.Content.ReadAsStringAsync(Cancelled)));
        Assert.Equal(tag, second.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
        Assert.NotEqual(tag, third.Headers.ETag!.ToString());
        Assert.Contains("MaxOpenOrders", await third.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Refused_HasNoTag()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient(gateway.Key);

        using var refused = await http.GetAsync("/api/v1/portfolios/none/limits", Cancelled);

        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Null(refused.Headers.ETag);
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient http, string path, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        return await http.SendAsync(request, Cancelled);
    }
}
