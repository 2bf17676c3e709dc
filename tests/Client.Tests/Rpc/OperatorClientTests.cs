using System.Collections.Concurrent;
using System.Net;
using BtcAgent.Client.Grpc;
using BtcAgent.Client.Grpc.V1;
using Grpc.Core;

namespace BtcAgent.Client.Tests.Rpc;

/// <summary>The client library against an agent that does not answer.</summary>
public sealed class OperatorClientTests
{
    [Fact]
    public async Task Read_AgentUnavailable_IsRepeated()
    {
        using var silent = new Unavailable();
        using var agent = ClientOf(silent);

        var failure = await Assert.ThrowsAsync<RpcException>(async () => await agent.Status.GetAsync(new GetStatusRequest()));

        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
        Assert.Equal(3, silent.Requests.Count);
        Assert.All(silent.Requests, request => Assert.Equal("Bearer secret", request));
    }

    [Fact]
    public async Task Command_AgentUnavailable_IsSentOnce()
    {
        foreach (var command in new Func<OperatorClient, Task>[]
        {
            async agent => await agent.Control.HaltAsync(new HaltRequest { Reason = "a drill" }),
            async agent => await agent.Orders.PlaceAsync(new PlaceOrderRequest()),
            async agent => await agent.Limits.ChangeAsync(new ChangeLimitRequest()),
            async agent => await agent.Models.MoveAsync(new MoveModelRequest()),
        })
        {
            using var silent = new Unavailable();
            using var agent = ClientOf(silent);

            await Assert.ThrowsAsync<RpcException>(() => command(agent));

            Assert.Single(silent.Requests);
        }
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData(" ", 1)]
    [InlineData("key", 0)]
    [InlineData("key", 6)]
    public void New_OptionOutOfRange_IsRefused(string key, int attempts) => Assert.ThrowsAny<ArgumentException>(() =>
        new OperatorClient(new OperatorClientOptions { Address = new Uri("http://localhost"), Key = key, ReadAttempts = attempts }));

    private static OperatorClient ClientOf(HttpMessageHandler handler) => new(new OperatorClientOptions
    {
        Address = new Uri("http://localhost"),
        Key = "secret",
        Deadline = TimeSpan.FromSeconds(30),
        ReadAttempts = 3,
        Handler = handler,
    });

    /// <summary>Answers each call that the agent is unavailable.</summary>
    private sealed class Unavailable : HttpMessageHandler
    {
        public ConcurrentQueue<string?> Requests { get; } = new();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Enqueue(request.Headers.Authorization?.ToString());
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            var answer = new HttpResponseMessage(HttpStatusCode.OK)
            {
                Version = HttpVersion.Version20,
                RequestMessage = request,
                Content = new ByteArrayContent([]),
            };
            answer.Content.Headers.TryAddWithoutValidation("content-type", "application/grpc");
            answer.Headers.TryAddWithoutValidation("grpc-status", ((int)StatusCode.Unavailable).ToString(System.Globalization.CultureInfo.InvariantCulture));
            return answer;
        }
    }
}
