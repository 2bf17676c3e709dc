using BtcAgent.Client.Grpc;
using BtcAgent.Client.Grpc.V1;
using BtcAgent.Client.Tests.Access;
using BtcAgent.Domain.Audit;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Reflection.V1Alpha;

namespace BtcAgent.Client.Tests.Rpc;

/// <summary>Calls of gRPC: errors with the field, deadlines, the audit and reflection.</summary>
public sealed class RpcCallTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(500);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "reason")]
    [InlineData("no", "reason")]
    public async Task Halt_ReasonMissing_NamesTheFieldAndIsRecordedAsRefused(string reason, string field)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(RpcProbe.Settings);
        using var agent = ClientOf(gateway);

        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await agent.Control.HaltAsync(new HaltRequest { Reason = reason }));

        AssertField(refusal, field);
        Assert.Equal(0, gateway.Commands);
        var entry = Assert.Single(gateway.Audit.Entries, e => e.Outcome == AuditOutcome.Refused);
        Assert.Contains("HTTP 400", entry.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Halt_Allowed_IsDoneAndRecordedWithReasonActorAndPortfolio()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(RpcProbe.Settings);
        using var agent = ClientOf(gateway);

        var answer = await agent.Control.HaltAsync(new HaltRequest { Reason = "a drill", Portfolio = "main" });

        Assert.True(answer.IsArmed);
        Assert.Equal(1, gateway.Commands);
        var entry = Assert.Single(gateway.Audit.Entries, e => e.Outcome == AuditOutcome.Done);
        Assert.Equal(("halt", "a drill", "operator", "main"), (entry.Action, entry.Reason, entry.Actor, entry.Subject));
    }

    [Fact]
    public async Task Halt_CallerLeaves_IsCarriedOutAndRecorded()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(RpcProbe.Settings);
        using var agent = ClientOf(gateway);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var carryOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.HoldCommands = () =>
        {
            begun.SetResult();
            return carryOn.Task;
        };
        using var leave = new CancellationTokenSource();
        var call = agent.Control.HaltAsync(new HaltRequest { Reason = "a drill" }, cancellationToken: leave.Token).ResponseAsync;
        await begun.Task.WaitAsync(Cancelled);

        await leave.CancelAsync();
        await Assert.ThrowsAsync<RpcException>(() => call);
        carryOn.SetResult();

        await Testing.Eventually.TrueAsync(
            "the halt is recorded as done",
            () => Task.FromResult(gateway.Audit.Entries.Any(e => e is { Action: "halt", Outcome: AuditOutcome.Done })),
            TimeSpan.FromSeconds(10),
            () => string.Join(", ", gateway.Audit.Entries.Select(e => $"{e.Action} {e.Outcome}")));
        Assert.Equal(1, gateway.Commands);
    }

    [Fact]
    public async Task Read_DeadlinePasses_IsCancelledAtTheServer()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(RpcProbe.Settings);
        using var agent = ClientOf(gateway);
        gateway.History.IsSlow = true;

        // On a busy machine the deadline may pass before the call arrives.
        do
        {
            var refusal = await Assert.ThrowsAsync<RpcException>(async () => await agent.History.ReadAsync(
                new ReadHistoryRequest { Dataset = "trades" }, deadline: TimeProvider.System.GetUtcNow().UtcDateTime + Short));
            Assert.Equal(StatusCode.DeadlineExceeded, refusal.StatusCode);
        }
        while (gateway.History.Last is null);

        await gateway.History.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancelled);
    }

    [Fact]
    public async Task Read_GrainsDoNotAnswer_IsUnavailable()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(RpcProbe.Settings);
        using var agent = ClientOf(gateway);

        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await agent.Models.ListAsync(new ListModelsRequest()));

        Assert.Equal(StatusCode.Unavailable, refusal.StatusCode);
        Assert.Contains("try again", refusal.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Place_EachInvalidField_IsNamed()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(
            agent => agent.Strategies = [new() { Name = "s", Portfolio = "main", Instrument = "BINANCE:BTCUSDT" }], RpcProbe.Settings);
        using var agent = ClientOf(gateway);
        (string Field, Action<PlaceOrderRequest> Spoil)[] cases =
        [
            ("side", r => r.Side = Side.Unspecified),
            ("type", r => r.Type = (OrderType)99),
            ("quantity", r => r.Quantity = "1e-3"),
            ("quantity", r => r.Quantity = "0"),
            ("limit_price", r => r.LimitPrice = "cheap"),
            ("limit_price", r => r.ClearLimitPrice()),
            ("stop_price", r => r.StopPrice = "1"),
            ("request_id", r => r.RequestId = "a b"),
            ("reason", r => r.Reason = ""),
        ];
        foreach (var (field, spoil) in cases)
        {
            var request = new PlaceOrderRequest
            {
                RequestId = "1",
                Portfolio = "main",
                Instrument = "BINANCE:BTCUSDT",
                Side = Side.Buy,
                Type = OrderType.Limit,
                Quantity = "0.01",
                LimitPrice = "60000",
                Reason = "a drill",
            };
            spoil(request);

            AssertField(await Assert.ThrowsAsync<RpcException>(async () => await agent.Orders.PlaceAsync(request)), field);
        }

        Assert.Equal(0, gateway.Commands);
    }

    [Fact]
    public async Task History_AllFields_ReachTheReader()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(RpcProbe.Settings);
        using var agent = ClientOf(gateway);

        var page = await agent.History.ReadAsync(new ReadHistoryRequest
        {
            Dataset = "orders",
            From = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch.AddDays(1)),
            Portfolio = "main",
            PageSize = 7,
            Cursor = "xyz",
            Format = HistoryFormat.Csv,
        });

        Assert.Equal("abc", page.NextCursor);
        Assert.Equal("""{"items":[],"next":"abc"}""", page.Content.ToStringUtf8());
        var asked = gateway.History.Last!;
        Assert.Equal(
            ("orders", "main", 7, "xyz", Contracts.Queries.HistoryFormat.Csv, BtcAgent.Domain.Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch.AddDays(1))),
            (asked.Dataset, asked.Portfolio, asked.Limit, asked.Cursor, asked.Format, asked.From!.Value));
    }

    [Fact]
    public async Task Message_Oversize_IsRefused()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(RpcProbe.Settings);
        using var agent = ClientOf(gateway);

        var refusal = await Assert.ThrowsAsync<RpcException>(async () =>
            await agent.Control.HaltAsync(new HaltRequest { Reason = new string('x', GatewayServer.BodyBytesMax + 1) }));

        Assert.Equal(StatusCode.ResourceExhausted, refusal.StatusCode);
        Assert.Equal(0, gateway.Commands);
    }

    [Fact]
    public async Task Reflection_WithAKey_ListsEveryService()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(RpcProbe.Settings);
        using var channel = GrpcChannel.ForAddress(gateway.GrpcAddress);
        using var call = new ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo(
            new Metadata { { "authorization", $"Bearer {gateway.Key}" } }, cancellationToken: Cancelled);

        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" }, Cancelled);
        Assert.True(await call.ResponseStream.MoveNext(Cancelled));

        var listed = call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name).ToHashSet();
        Assert.Empty(OperatorMethods.Services.Select(service => service.FullName).Append("grpc.health.v1.Health").Except(listed));
        await call.RequestStream.CompleteAsync();
    }

    private static OperatorClient ClientOf(GatewayUnderTest gateway) =>
        new(new OperatorClientOptions { Address = gateway.GrpcAddress, Key = gateway.Key, Deadline = TimeSpan.FromSeconds(30), ReadAttempts = 1 });

    private static void AssertField(RpcException refusal, string field)
    {
        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
        var status = refusal.GetRpcStatus()!;
        Assert.Equal(field, Assert.Single(status.GetDetail<BadRequest>()!.FieldViolations).Field);
        Assert.Equal("INVALID_REQUEST", status.GetDetail<ErrorInfo>()!.Reason);
    }
}
