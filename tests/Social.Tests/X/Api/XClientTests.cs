using System.Net;
using System.Text;
using BtcAgent.Social.X.Api;
using BtcAgent.Social.X.Settings;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Social.Tests.X.Api;

public sealed class XClientTests
{
    private static readonly FakeTimeProvider Time = new(XWorld.Start);

    [Fact]
    public async Task OpenStream_ConnectionNotMadeInTime_IsNotCharged()
    {
        using var handler = XClient.Handler();
        handler.UseProxy = false;
        handler.ConnectTimeout = TimeSpan.FromMilliseconds(1);
        handler.ConnectCallback = async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return Stream.Null;
        };
        using var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        var problem = await Assert.ThrowsAsync<XApiException>(() => Client(http, Time).OpenStreamAsync(TestContext.Current.CancellationToken));
        Assert.Equal((XFailure.Transport, false), (problem.Failure, problem.MayBeCharged));
        Assert.Contains("no connection", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, XFailure.Http)]
    [InlineData(HttpStatusCode.Unauthorized, XFailure.Http)]
    [InlineData(HttpStatusCode.TooManyRequests, XFailure.RateLimited)]
    public async Task OpenStream_RefusalWhoseBodyStalls_IsJudgedByItsStatus(HttpStatusCode status, XFailure failure)
    {
        var time = new FakeTimeProvider(XWorld.Start);
        using var handler = new AnsweringHandler(_ => new HttpResponseMessage(status) { Content = new StreamContent(new SilentStream()) });
        using var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        var opening = Client(http, time).OpenStreamAsync(TestContext.Current.CancellationToken);
        Assert.False(opening.IsCompleted);
        time.Advance(new XOptions().RequestTimeout);
        var problem = await Assert.ThrowsAsync<XApiException>(() => opening);
        Assert.Equal((failure, false), (problem.Failure, problem.MayBeCharged));
    }

    [Fact]
    public async Task Search_OnePostWithHalfASurrogatePair_ReadsTheOthers()
    {
        var page = await SearchAsync(Encoding.UTF8.GetBytes(
            """
            {"\ud83d":1,"data":[{"id":"5","text":"a"},{"id":"6","text":"half \ud83d"},{"id":"7","text":"b","lang":"\ud83d","author_id":"\udc00",
            "created_at":"2026-11-10T11:59:58.25\ud83d"}],"meta":{"next_token":"\ud83d"}}
            """));
        Assert.Equal([5, 7], page.Posts.Select(post => post.Id));
        Assert.Equal((1, null, null), (page.Malformed, page.NextToken, page.Posts[1].Language));
    }

    [Fact]
    public async Task Search_OnePostWithBytesThatAreNotUtf8_ReadsTheOthers()
    {
        var page = await SearchAsync([.. "{\"data\":[{\"id\":\"5\",\"text\":\"a\"},{\"id\":\"6\",\"text\":\""u8, 0xC3, 0x28, .. "\"}]}"u8]);
        Assert.Equal((5, 1), (page.Posts.Single().Id, page.Malformed));
    }

    [Fact]
    public async Task GetRules_TagWithHalfASurrogatePair_IsARuleWithoutATag()
    {
        using var http = new HttpClient(AnsweringHandler.Json("""{"data":[{"id":"1","tag":"\ud83d","value":"cats"},{"id":"\ud83d","tag":"t","value":"dogs"}]}"""));
        Assert.Equal([new XRule("1", "", "cats")], await Client(http, Time).GetRulesAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<SearchPage> SearchAsync(byte[] body)
    {
        using var http = new HttpClient(AnsweringHandler.Bytes(body));
        return await Client(http, Time).SearchAsync("bitcoin", 0, null, TestContext.Current.CancellationToken);
    }

    private static XClient Client(HttpClient http, TimeProvider time) => new(http, BearerToken.Of("token"), new XOptions(), time);
}
