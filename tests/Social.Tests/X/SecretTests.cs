using System.Net;
using BtcAgent.Domain;
using BtcAgent.Exchanges.Simulator.Social;
using BtcAgent.Social.Authors;
using BtcAgent.Social.Budgets;
using BtcAgent.Social.X;
using BtcAgent.Social.X.Api;
using BtcAgent.Social.X.Settings;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Social.Tests.X;

/// <summary>Neither the token nor a post reaches a log, an exception or a status.</summary>
public sealed class SecretTests
{
    private const string Secret = "AAAAsecretTOKEN%3D42";

    [Fact]
    public void ToString_Token_IsNotShown()
    {
        var token = BearerToken.Of($" {Secret}\n");
        Assert.Equal("bearer token (not shown)", token.ToString());
        Assert.Equal("bearer token (not shown)", $"{token}");
    }

    [Fact]
    public void ToString_PostAndAuthor_HaveNeitherTextNorAuthor()
    {
        var author = new AuthorFacts(1, 2, 3, null) { Id = "x:SECRET" };
        var post = new Post("SECRET", author, Timestamp.FromDateTimeOffset(XWorld.Start));
        Assert.DoesNotContain("SECRET", $"{author} {post}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("AAAAsecret\nTOKEN")]
    [InlineData("AAAAsecretTOKENé")]
    public void Of_NotAToken_IsRefusedWithoutIt(string value) =>
        Assert.DoesNotContain("secret", Assert.Throws<BearerTokenException>(() => BearerToken.Of(value)).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_NoToken_SaysWhereToPutIt() => Assert.Contains(
        "Social__X__BearerToken", Assert.Throws<BearerTokenException>(() => BearerToken.Load(new XOptions())).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_NoSuchFile_SaysSo() => Assert.Contains(
        "cannot be read", Assert.Throws<BearerTokenException>(() => BearerToken.Load(new XOptions { BearerTokenFile = "/no/such/file" })).Message, StringComparison.Ordinal);

    /// <summary>A server that repeats the token in everything it answers, in each way that a request can fail.</summary>
    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.Redirect)]
    [InlineData(HttpStatusCode.OK)]
    public async Task Failure_AnswerRepeatsTheToken_IsNotInTheException(HttpStatusCode status)
    {
        using var http = new HttpClient(new EchoHandler(status));
        var client = new XClient(http, BearerToken.Of(Secret), new XOptions(), new FakeTimeProvider());
        var problem = await Assert.ThrowsAsync<XApiException>(() => client.GetRulesAsync(TestContext.Current.CancellationToken));
        Assert.DoesNotContain("TOKEN", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AllFaults_NothingOfPostsOrTokenIsLogged()
    {
        await using var world = await XWorld.OpenAsync(options => options.BearerToken = Secret);
        foreach (var refusal in new[] { new XRefusal(401), new XRefusal(503), XRefusal.BreakOff, new XRefusal(429) })
        {
            world.X.Faults.Refuse(XEndpoint.Stream, refusal);
        }

        world.Run();
        for (var i = 0; i < 4; i++)
        {
            await world.PassWaitAsync();
        }

        await world.PhaseAsync(XPhase.Streaming);
        world.X.Publish(world.Post("bitcoin SECRET-TEXT"));
        world.X.Streams.Send("{\"data\":{\"id\":\"5\",\"text\":\"SECRET-TEXT\",\"author_id\":\r\n"u8.ToArray());
        world.X.Streams.Send("{\"errors\":[{\"title\":\"SECRET-TEXT\"}]}\r\n"u8.ToArray());
        await world.StreamingAgainAsync(BudgetLevel.Stream);
        await world.AcceptedAsync(1);
        var shown = string.Join('\n', [.. world.Log.Lines, $"{world.Source.Status}", $"{world.Source.Counters}", $"{world.Sink.Posts.Single()}"]);
        Assert.InRange(world.Log.Lines.Count, 6, 100);
        Assert.DoesNotContain("SECRET", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("TOKEN", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("synthetic_7", shown, StringComparison.Ordinal);
    }

    private sealed class EchoHandler(HttpStatusCode status) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(
            new HttpResponseMessage(status)
            {
                Content = new StringContent($"not JSON: {request.Headers.Authorization}"),
                ReasonPhrase = $"{request.Headers.Authorization}",
            });
    }
}
