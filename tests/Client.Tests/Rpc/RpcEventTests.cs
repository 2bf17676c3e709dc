using BtcAgent.Client.Grpc;
using BtcAgent.Client.Grpc.V1;
using BtcAgent.Client.Streams;
using BtcAgent.Client.Tests.Access;
using BtcAgent.Client.Tests.Streams;
using BtcAgent.Domain.Access;
using BtcAgent.Testing;
using Google.Rpc;
using Grpc.Core;
using LiveEvent = BtcAgent.Contracts.Events.LiveEvent;

namespace BtcAgent.Client.Tests.Rpc;

/// <summary>Live events over gRPC: their messages, and when their streams end.</summary>
public sealed class RpcEventTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Subscribe_EachKindOfEvent_IsItsMessageWithThePositionBehindIt()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(agent => agent.Instruments = ["BINANCE:BTCUSDT"], RpcProbe.Settings);
        using var agent = ClientOf(gateway);
        gateway.Events.Write(2);
        using var call = agent.Events.Subscribe(new SubscribeRequest { Topics = { "risk", "quotes" }, After = "1", Instrument = "BINANCE:BTCUSDT", Portfolio = "main", QuoteMs = 100 });

        var first = await NextAsync(call);
        Assert.Equal(("1", SubscribeResponse.ContentOneofCase.Heartbeat), (first.Position, first.ContentCase));
        var missed = await NextAsync(call);
        Assert.Equal(("2", "risk", """{"n":2,"text":"x"}"""), (missed.Position, missed.Event.Topic, missed.Event.Row.ToStringUtf8()));
        gateway.Events.Send(LiveEventsDouble.Note(LiveEvent.Gap, "gone"), new LiveEvent("quotes", "{}"u8.ToArray(), null), new LiveEvent(LiveEvent.Heartbeat, "{}"u8.ToArray(), "9"));
        Assert.Equal("gone", (await NextAsync(call)).Gap.Reason);
        var quote = await NextAsync(call);
        Assert.Equal(("", "quotes"), (quote.Position, quote.Event.Topic));
        var beat = await NextAsync(call);
        Assert.Equal(("9", SubscribeResponse.ContentOneofCase.Heartbeat), (beat.Position, beat.ContentCase));
        var asked = Assert.Single(gateway.Events.Requests);
        Assert.Equal(("1", "BINANCE:BTCUSDT", TimeSpan.FromMilliseconds(100)), (asked.After, asked.Instrument, asked.QuoteInterval));
        Assert.Equal(["main"], asked.Portfolios);
    }

    [Theory]
    [InlineData("shoes", "", 100, StatusCode.InvalidArgument, "give one or more of risk")]
    [InlineData("risk", "", 1, StatusCode.InvalidArgument, "quoteMs is 1")]
    [InlineData("risk", "nobody", 100, StatusCode.NotFound, "portfolios are: main")]
    public async Task Subscribe_WrongRequest_SaysWhatToGive(string topic, string portfolio, int quoteMs, StatusCode code, string part)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(RpcProbe.Settings);
        using var agent = ClientOf(gateway);
        var request = new SubscribeRequest { Topics = { topic }, QuoteMs = quoteMs };
        if (portfolio.Length > 0)
        {
            request.Portfolio = portfolio;
        }

        using var call = agent.Events.Subscribe(request);
        var refusal = await Assert.ThrowsAsync<RpcException>(() => NextAsync(call));

        Assert.Equal(code, refusal.StatusCode);
        Assert.Contains(part, refusal.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subscribe_LimitedKey_HasItsPortfoliosAndNoTopicOfAll()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(RpcProbe.Settings);
        using var agent = ClientOf(gateway, gateway.Keys.Issue("ada", AccessRole.Viewer, new AccessScope { Portfolios = ["main"] }));

        foreach (var request in new[] { new SubscribeRequest { Topics = { "risk" } }, new SubscribeRequest { Topics = { "orders" }, Portfolio = "other" } })
        {
            using var refused = agent.Events.Subscribe(request);
            Assert.Equal(StatusCode.PermissionDenied, (await Assert.ThrowsAsync<RpcException>(() => NextAsync(refused))).StatusCode);
        }

        using var call = agent.Events.Subscribe(new SubscribeRequest { Topics = { "orders" } });
        await NextAsync(call);
        Assert.Equal(["main"], Assert.Single(gateway.Events.Requests).Portfolios);
    }

    [Fact]
    public async Task Subscribe_KeyRevokedAtAnotherGateway_EndsWithinTenSeconds()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(RpcProbe.Settings);
        using var agent = ClientOf(gateway, gateway.Keys.Issue("ada", AccessRole.Viewer));
        using var call = agent.Events.Subscribe(new SubscribeRequest { Topics = { "risk" } });
        await NextAsync(call);
        await gateway.Keys.Revoke(gateway.Keys.KeyOf("ada").Id);

        gateway.Time.Advance(StreamCallers.EndWithin);

        var end = await Assert.ThrowsAsync<RpcException>(() => NextAsync(call));
        Assert.Equal(StatusCode.Unauthenticated, end.StatusCode);
        Assert.Equal("KEY_REQUIRED", end.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
    }

    [Fact]
    public async Task Subscribe_KeysCannotBeRead_IsUnavailableWithThePosition()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(RpcProbe.Settings);
        using var agent = ClientOf(gateway, gateway.Keys.Issue("ada", AccessRole.Viewer));
        using var call = agent.Events.Subscribe(new SubscribeRequest { Topics = { "risk" } });
        await NextAsync(call);
        gateway.Events.Write(1);
        await NextAsync(call);
        gateway.Keys.IsSilent = true;

        gateway.Time.Advance(StreamCallers.EndWithin);

        var end = await Assert.ThrowsAsync<RpcException>(() => NextAsync(call));
        Assert.Equal((StatusCode.Unavailable, "1"), (end.StatusCode, end.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Metadata["after"]));
    }

    [Fact]
    public async Task Subscribe_Overrun_IsResourceExhaustedWithThePosition()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(RpcProbe.Settings);
        using var agent = ClientOf(gateway);
        using var call = agent.Events.Subscribe(new SubscribeRequest { Topics = { "risk" } });
        await NextAsync(call);
        gateway.Events.Write(1);
        gateway.Events.Send(LiveEventsDouble.Note(LiveEvent.Overrun, "too many"));
        gateway.Events.Complete();
        await NextAsync(call);

        var end = await Assert.ThrowsAsync<RpcException>(() => NextAsync(call));

        Assert.Equal(StatusCode.ResourceExhausted, end.StatusCode);
        Assert.Contains("subscribe again", end.Status.Detail, StringComparison.Ordinal);
        var info = end.GetRpcStatus()!.GetDetail<ErrorInfo>()!;
        Assert.Equal(("TOO_SLOW", "1"), (info.Reason, info.Metadata["after"]));
    }

    [Fact]
    public async Task Subscribe_CallerDoesNotRead_TakesNoMoreThanTheWindowsAndIsEnded()
    {
        const int Events = 2_000;
        await using var gateway = await GatewayUnderTest.StartAsync(RpcProbe.Settings);
        using var agent = ClientOf(gateway);
        using var call = agent.Events.Subscribe(new SubscribeRequest { Topics = { "risk" } });
        await NextAsync(call);
        gateway.Events.TextLength = 50_000;
        gateway.Events.Write(Events);

        await Eventually.TrueAsync(
            "the stream is ended",
            () =>
            {
                gateway.Time.Advance(StreamCallers.WriteMax);
                return Task.FromResult(gateway.Events.Open == 0);
            },
            Soon,
            () => $"{gateway.Events.Taken} events are taken");

        Assert.InRange(gateway.Events.Taken, 1, Events / 2);
    }

    [Fact]
    public async Task Subscribe_Deadline_EndsTheSubscription()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(RpcProbe.Settings);
        using var agent = ClientOf(gateway);
        using var call = agent.Events.Subscribe(new SubscribeRequest { Topics = { "risk" } }, deadline: TimeProvider.System.GetUtcNow().UtcDateTime + TimeSpan.FromSeconds(1));

        var end = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (true)
            {
                await NextAsync(call);
            }
        });

        Assert.Equal(StatusCode.DeadlineExceeded, end.StatusCode);
        await Eventually.TrueAsync("the subscription is over", () => Task.FromResult(gateway.Events.Open == 0), Soon);
    }

    private static OperatorClient ClientOf(GatewayUnderTest gateway, string? key = null) =>
        new(new OperatorClientOptions { Address = gateway.GrpcAddress, Key = key ?? gateway.Key, ReadAttempts = 1 });

    private static async Task<SubscribeResponse> NextAsync(AsyncServerStreamingCall<SubscribeResponse> call)
    {
        Assert.True(await call.ResponseStream.MoveNext(Cancelled).WaitAsync(Soon, Cancelled), "the stream has ended without a status");
        return call.ResponseStream.Current;
    }
}
