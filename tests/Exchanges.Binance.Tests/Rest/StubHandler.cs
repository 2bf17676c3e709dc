namespace BtcAgent.Exchanges.Binance.Tests.Rest;

/// <summary>Answers requests from a function and keeps their addresses.</summary>
internal sealed class StubHandler(Func<int, HttpResponseMessage> answer) : HttpMessageHandler
{
    public List<Uri> Requests { get; } = [];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add(request.RequestUri!);
        return Task.FromResult(answer(Requests.Count));
    }
}
