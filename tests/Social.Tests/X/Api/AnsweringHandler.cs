using System.Net;
using System.Text;

namespace BtcAgent.Social.Tests.X.Api;

/// <summary>Answers each request by a function, without a network.</summary>
internal sealed class AnsweringHandler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    public static AnsweringHandler Json(string body) => Bytes(Encoding.UTF8.GetBytes(body));

    public static AnsweringHandler Bytes(byte[] body) => new(_ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(body) });

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer(request));
}
