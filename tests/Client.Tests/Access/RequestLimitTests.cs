using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using BtcAgent.Testing;

namespace BtcAgent.Client.Tests.Access;

/// <summary>Requests that are too large, too deep, compressed or not HTTP are refused with a message and logged.</summary>
public sealed class RequestLimitTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Body_LargerThanACommand_IsRefused()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var content = Json($$"""{"reason":"{{new string('a', GatewayServer.BodyBytesMax)}}"}""");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(gateway, content));
        Assert.Single(gateway.Log, l => l.Contains("OversizeRequest", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Body_DeeplyNested_IsRefused()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var content = Json($$"""{"reason":{{new string('[', 10_000)}}{{new string(']', 10_000)}}}""");
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(gateway, content));
        using var inUnknownMember = Json($$"""{"reason":"abc","more":{{new string('[', 10_000)}}{{new string(']', 10_000)}}}""");
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(gateway, inUnknownMember));
    }

    [Fact]
    public async Task Body_Compressed_IsRefusedUnread()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var zipped = new MemoryStream();
        await using (var gzip = new GZipStream(zipped, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            await gzip.WriteAsync(new byte[8 * 1024 * 1024], Cancelled);
        }

        using var content = new ByteArrayContent(zipped.ToArray());
        content.Headers.ContentType = new("application/json");
        content.Headers.ContentEncoding.Add("gzip");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await PostAsync(gateway, content));
        Assert.Single(gateway.Log, l => l.Contains("EncodedBody", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\nX: {0}\r\n\r\n", 20_000, "431", "OversizeRequest")]
    [InlineData("GET /{0} HTTP/1.1\r\nHost: localhost\r\n\r\n", 5_000, "414", "OversizeRequest")]
    [InlineData("\u0016\u0003\u0001 no HTTP at all {0}\r\n\r\n", 10, "400", "UnreadableRequest")]
    public async Task Bytes_NotValidHttp_AreRefusedAndLogged(string request, int filling, string status, string logged)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(gateway.Address.Host, gateway.Address.Port, Cancelled);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request.Replace("{0}", new string('a', filling), StringComparison.Ordinal)), Cancelled);
        var answer = await new StreamReader(stream).ReadLineAsync(Cancelled);
        Assert.Contains(status, answer, StringComparison.Ordinal);
        await Eventually.TrueAsync(
            "the attack is logged",
            () => Task.FromResult(gateway.Log.Count(l => l.Contains(logged, StringComparison.Ordinal)) == 1),
            TimeSpan.FromSeconds(5));
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static async Task<HttpStatusCode> PostAsync(GatewayUnderTest gateway, HttpContent content)
    {
        using var http = gateway.NewClient(gateway.Key);
        http.DefaultRequestHeaders.ExpectContinue = true;
        return (await http.PostAsync("/api/v1/control/resume", content, Cancelled)).StatusCode;
    }
}
