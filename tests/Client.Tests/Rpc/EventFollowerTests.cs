using System.Text.Json;
using BtcAgent.Client.Grpc;
using BtcAgent.Client.Grpc.V1;
using BtcAgent.Client.Streams;
using BtcAgent.Client.Tests.Access;
using BtcAgent.Client.Tests.Streams;
using BtcAgent.Domain.Access;
using BtcAgent.Testing;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using LiveEvent = BtcAgent.Contracts.Events.LiveEvent;

namespace BtcAgent.Client.Tests.Rpc;

/// <summary>The client's subscription across everything that ends one.</summary>
public sealed class EventFollowerTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Subscribe_ConnectionsBreakAtRandom_LosesAndDoublesNothing(int seed)
    {
        const int Count = 2_000;
        var random = new Random(seed);
        await using var gateway = await GatewayUnderTest.StartAsync(RpcProbe.Settings);
        using var connections = new BreakableConnections(gateway.GrpcAddress);
        using var agent = ClientOf(gateway, connections);
        var numbers = new List<int>();
        var breakAt = random.Next(1, 500);
        await foreach (var message in agent.SubscribeAsync(new SubscribeRequest { Topics = { "risk" } }, Cancelled))
        {
            if (message.ContentCase != SubscribeResponse.ContentOneofCase.Event)
            {
                gateway.Events.Write(numbers.Count == 0 ? Count : 0);
                continue;
            }

            numbers.Add(NumberOf(message));
            if (numbers.Count == Count)
            {
                break;
            }

            if (numbers.Count == breakAt)
            {
                connections.Break();
                breakAt += random.Next(1, 700);
            }
        }

        Assert.Equal(Enumerable.Range(1, Count), numbers);
        Assert.InRange(connections.Made, 2, Count);
    }

    [Fact]
    public async Task Subscribe_TooSlow_ContinuesAfterTheLastPosition()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(RpcProbe.Settings);
        using var connections = new BreakableConnections(gateway.GrpcAddress);
        using var agent = ClientOf(gateway, connections);
        var messages = agent.SubscribeAsync(new SubscribeRequest { Topics = { "risk" } }, Cancelled).GetAsyncEnumerator(Cancelled);
        await NextAsync(messages);
        gateway.Events.Write(3);
        gateway.Events.Send(LiveEventsDouble.Note(LiveEvent.Overrun, "too many"));
        gateway.Events.Complete();
        for (var number = 1; number <= 3; number++)
        {
            Assert.Equal(number, NumberOf(await NextAsync(messages)));
        }

        Assert.Equal(SubscribeResponse.ContentOneofCase.Heartbeat, (await NextAsync(messages)).ContentCase);
        Assert.Equal("3", gateway.Events.Requests.Last().After);
        gateway.Events.Send(LiveEventsDouble.Note(LiveEvent.Gap, "gone"));
        Assert.Equal("gone", (await NextAsync(messages)).Gap.Reason);
        await messages.DisposeAsync();
        await Eventually.TrueAsync("the agent has no subscriber", () => Task.FromResult(gateway.Events.Open == 0), Soon);
    }

    [Fact]
    public async Task Subscribe_KeyRevoked_EndsWithTheRefusal()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(RpcProbe.Settings);
        using var connections = new BreakableConnections(gateway.GrpcAddress);
        using var agent = ClientOf(gateway, connections, gateway.Keys.Issue("ada", AccessRole.Viewer));
        var messages = agent.SubscribeAsync(new SubscribeRequest { Topics = { "risk" } }, Cancelled).GetAsyncEnumerator(Cancelled);
        await NextAsync(messages);
        await gateway.Keys.Revoke(gateway.Keys.KeyOf("ada").Id);

        gateway.Time.Advance(StreamCallers.EndWithin);

        var refusal = await Assert.ThrowsAsync<RpcException>(() => NextAsync(messages));
        Assert.Equal(StatusCode.Unauthenticated, refusal.StatusCode);
    }

    [Fact]
    public async Task Subscribe_NoMessageForThreeHeartbeats_ConnectsAgain()
    {
        var time = new FakeTimeProvider();
        await using var gateway = await GatewayUnderTest.StartAsync(RpcProbe.Settings);
        using var connections = new BreakableConnections(gateway.GrpcAddress);
        using var agent = ClientOf(gateway, connections, null, time);
        var messages = agent.SubscribeAsync(new SubscribeRequest { Topics = { "risk" } }, Cancelled).GetAsyncEnumerator(Cancelled);
        await NextAsync(messages);
        var next = NextAsync(messages);
        Assert.Single(gateway.Events.Requests);

        await Eventually.TrueAsync(
            "another subscription",
            () =>
            {
                time.Advance(EventFollower.SilenceMax);
                return Task.FromResult(gateway.Events.Requests.Count > 1);
            },
            Soon);

        gateway.Events.Write(1);
        await next;
    }

    [Fact]
    public async Task Subscribe_Cancelled_EndsAtOnceAlsoDuringAPause()
    {
        var time = new FakeTimeProvider();
        await using var gateway = await GatewayUnderTest.StartAsync(RpcProbe.Settings);
        using var connections = new BreakableConnections(new Uri("http://127.0.0.1:1"));
        using var agent = ClientOf(gateway, connections, null, time);
        using var stop = new CancellationTokenSource();
        var messages = agent.SubscribeAsync(new SubscribeRequest { Topics = { "risk" } }, stop.Token).GetAsyncEnumerator(Cancelled);
        var next = NextAsync(messages);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    private static OperatorClient ClientOf(GatewayUnderTest gateway, BreakableConnections connections, string? key = null, TimeProvider? time = null) =>
        new(new OperatorClientOptions { Address = gateway.GrpcAddress, Key = key ?? gateway.Key, Handler = connections.Handler, Time = time ?? TimeProvider.System });

    private static int NumberOf(SubscribeResponse message) => JsonDocument.Parse(message.Event.Row.ToStringUtf8()).RootElement.GetProperty("n").GetInt32();

    private static async Task<SubscribeResponse> NextAsync(IAsyncEnumerator<SubscribeResponse> messages)
    {
        Assert.True(await messages.MoveNextAsync().AsTask().WaitAsync(Soon, Cancelled));
        return messages.Current;
    }
}
