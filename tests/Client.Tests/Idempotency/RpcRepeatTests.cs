using BtcAgent.Client.Grpc;
using BtcAgent.Client.Grpc.V1;
using BtcAgent.Client.Idempotency;
using BtcAgent.Client.Tests.Access;
using BtcAgent.Client.Tests.Rpc;
using BtcAgent.Domain.Audit;
using Grpc.Core;

namespace BtcAgent.Client.Tests.Idempotency;

/// <summary>Commands of gRPC with an idempotency key in their metadata.</summary>
public sealed class RpcRepeatTests
{
    private static readonly Metadata Key = new() { { "idempotency-key", "k1" } };

    [Fact]
    public async Task Command_Repeated_ActsOnceAndAnswersAlike()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(RpcProbe.Settings);
        using var agent = ClientOf(gateway);
        var request = new ResumeRequest { Reason = "a drill" };
        var first = agent.Control.ResumeAsync(request, Key);
        var answer = await first;
        var second = agent.Control.ResumeAsync(request, Key);

        Assert.Equal(answer, await second);
        Assert.Equal(1, gateway.Commands);
        Assert.Null((await first.ResponseHeadersAsync).GetValue(IdempotencyKey.ReplayedHeader));
        Assert.Equal("true", (await second.ResponseHeadersAsync).GetValue(IdempotencyKey.ReplayedHeader));
        Assert.Equal([AuditOutcome.Requested, AuditOutcome.Done], gateway.Audit.Entries.Select(entry => entry.Outcome));
    }

    [Fact]
    public async Task Key_WithAnotherMessage_IsRefused()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(RpcProbe.Settings);
        using var agent = ClientOf(gateway);
        await agent.Control.HaltAsync(new HaltRequest { Reason = "a drill" }, Key);
        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await agent.Control.HaltAsync(new HaltRequest { Reason = "another" }, Key));

        Assert.Equal(StatusCode.FailedPrecondition, refusal.StatusCode);
        Assert.Equal(1, gateway.Commands);
    }

    [Fact]
    public async Task Command_Refused_LeavesTheKeyForTheCorrectedOne()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(RpcProbe.Settings);
        using var agent = ClientOf(gateway);
        await Assert.ThrowsAsync<RpcException>(async () => await agent.Control.HaltAsync(new HaltRequest(), Key));

        Assert.Empty(gateway.Records.Book.Records);
        await agent.Control.HaltAsync(new HaltRequest { Reason = "a drill" }, Key);
        Assert.Equal(1, gateway.Commands);
    }

    [Fact]
    public async Task Command_Failed_IsCarriedOnAsTheSameOperation()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(RpcProbe.Settings);
        using var agent = ClientOf(gateway);
        gateway.HoldCommands = () => throw new TimeoutException("no answer");
        await Assert.ThrowsAsync<RpcException>(async () => await agent.Control.ResumeAsync(new ResumeRequest { Reason = "a drill" }, Key));
        gateway.HoldCommands = () => Task.CompletedTask;
        await agent.Control.ResumeAsync(new ResumeRequest { Reason = "a drill" }, Key);

        Assert.Equal(2, gateway.Operations.Count);
        Assert.Single(gateway.Operations.Distinct());
    }

    private static OperatorClient ClientOf(GatewayUnderTest gateway) =>
        new(new OperatorClientOptions { Address = gateway.GrpcAddress, Key = gateway.Key, Deadline = TimeSpan.FromSeconds(60) });
}
