using System.Net;
using System.Net.ServerSentEvents;
using BtcAgent.Client.Streams;
using BtcAgent.Client.Tests.Access;
using BtcAgent.Contracts.Events;
using BtcAgent.Domain.Access;
using BtcAgent.Testing;

namespace BtcAgent.Client.Tests.Streams;

/// <summary>Streams of server-sent events: whom they serve, and when they end.</summary>
public sealed class EventStreamTests
{
    private const string Path = "/api/v1/events?topics=risk";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stream_KeyRevokedAtAnotherGateway_EndsWithinTenSeconds(bool isSession)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var secret = gateway.Keys.Issue("ada", AccessRole.Viewer);
        using var http = gateway.NewClient(isSession ? null : secret);
        if (isSession)
        {
            http.DefaultRequestHeaders.Add("Cookie", await gateway.SignInAsync(http, secret));
        }

        using var answer = await OpenAsync(http);
        await ReadOneAsync(gateway, answer);
        await gateway.Keys.Revoke(gateway.Keys.KeyOf("ada").Id);

        gateway.Time.Advance(StreamCallers.EndWithin);

        await EndOfAsync(answer);
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(Path, Cancelled)).StatusCode);
    }

    [Fact]
    public async Task Stream_KeyExpires_EndsWithinTenSeconds()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient(gateway.Keys.Issue("ada", AccessRole.Viewer, until: TimeSpan.FromMinutes(30)));
        using var answer = await OpenAsync(http);
        await ReadOneAsync(gateway, answer);

        gateway.Time.Advance(TimeSpan.FromMinutes(30) + StreamCallers.JudgeEvery);

        await EndOfAsync(answer);
    }

    [Fact]
    public async Task Stream_OfAnInstrumentThatIsNotTraded_IsRefusedByName()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient(gateway.Key);

        using var answer = await http.GetAsync("/api/v1/events?topics=orders&instrument=X:Y", Cancelled);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("'X:Y' is not traded here", await answer.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_SignedOut_Ends()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var browser = gateway.NewClient();
        browser.DefaultRequestHeaders.Add("Cookie", await gateway.SignInAsync(browser));
        using var answer = await OpenAsync(browser);
        await ReadOneAsync(gateway, answer);

        using var leave = new HttpRequestMessage(HttpMethod.Post, "/signout");
        leave.Headers.Add("Origin", gateway.Address.GetLeftPart(UriPartial.Authority));
        Assert.Equal(HttpStatusCode.NoContent, (await browser.SendAsync(leave, Cancelled)).StatusCode);
        gateway.Time.Advance(StreamCallers.JudgeEvery);

        await EndOfAsync(answer);
    }

    [Fact]
    public async Task Stream_KeysCannotBeRead_EndsWithinTenSeconds()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient(gateway.Keys.Issue("ada", AccessRole.Viewer));
        using var answer = await OpenAsync(http);
        await ReadOneAsync(gateway, answer);
        gateway.Keys.IsSilent = true;

        gateway.Time.Advance(StreamCallers.EndWithin);

        await EndOfAsync(answer);
    }

    [Fact]
    public async Task Stream_KeyAllowed_LastsForHoursAndNotesItsUse()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient(gateway.Keys.Issue("ada", AccessRole.Viewer));
        using var answer = await OpenAsync(http);
        await ReadOneAsync(gateway, answer);
        for (var hour = 0; hour < 3; hour++)
        {
            gateway.Time.Advance(TimeSpan.FromHours(1));
            var now = Domain.Timestamp.FromDateTimeOffset(gateway.Time.GetUtcNow());
            await Eventually.TrueAsync("the use is noted", () => Task.FromResult(gateway.Keys.KeyOf("ada").LastUsedAt == now), TimeSpan.FromSeconds(10));
        }

        await ReadOneAsync(gateway, answer);
    }

    [Fact]
    public async Task Stream_LimitedKey_HasItsPortfoliosAndNoTopicOfAll()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient(gateway.Keys.Issue("ada", AccessRole.Viewer, new AccessScope { Portfolios = ["main"] }));

        Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync(Path, Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync("/api/v1/events?topics=orders&portfolio=other", Cancelled)).StatusCode);
        using var answer = await http.GetAsync("/api/v1/events?topics=orders", HttpCompletionOption.ResponseHeadersRead, Cancelled);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["main"], Assert.Single(gateway.Events.Requests).Portfolios);
    }

    [Fact]
    public async Task Stream_Overrun_IsTheLastEvent()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient(gateway.Key);
        using var answer = await OpenAsync(http);
        gateway.Events.Send(LiveEventsDouble.Note(LiveEvent.Overrun, "too many"));
        gateway.Events.Complete();

        var events = new List<string>();
        await foreach (var one in SseParser.Create(await answer.Content.ReadAsStreamAsync(Cancelled)).EnumerateAsync(Cancelled))
        {
            events.Add(one.EventType);
        }

        Assert.Equal([LiveEvent.Overrun], events.Where(type => type != "message"));
    }

    private static async Task<HttpResponseMessage> OpenAsync(HttpClient http)
    {
        var answer = await http.GetAsync(Path, HttpCompletionOption.ResponseHeadersRead, Cancelled);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer;
    }

    private static async Task ReadOneAsync(GatewayUnderTest gateway, HttpResponseMessage answer)
    {
        gateway.Events.Write(1);
        var buffer = new byte[4_096];
        var text = "";
        var body = await answer.Content.ReadAsStreamAsync(Cancelled);
        while (!text.EndsWith("}\n\n", StringComparison.Ordinal))
        {
            var count = await body.ReadAsync(buffer, Cancelled);
            Assert.True(count > 0, "the stream has ended");
            text += System.Text.Encoding.UTF8.GetString(buffer, 0, count);
        }
    }

    private static async Task EndOfAsync(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStreamAsync(Cancelled);
        await body.CopyToAsync(Stream.Null, Cancelled).WaitAsync(TimeSpan.FromSeconds(20), Cancelled);
    }
}
