using BtcAgent.Client.Api;
using BtcAgent.Client.Rpc.Calls;
using BtcAgent.Client.Rpc.Messages;
using BtcAgent.Contracts.Control;
using BtcAgent.Contracts.Settings;
using Grpc.Core;
using Microsoft.Extensions.Options;
using V1 = BtcAgent.Client.Grpc.V1;

namespace BtcAgent.Client.Rpc.Services;

internal sealed class ControlService(IGrainFactory grains, IOptions<AgentOptions> options, TwoPersonRule rule) : V1.Control.ControlBase
{
    public override Task<V1.ControlResponse> Halt(V1.HaltRequest request, ServerCallContext context) =>
        RunAsync(ControlCommand.Halt, request.Reason, request.HasPortfolio ? request.Portfolio : null, context);

    public override Task<V1.ControlResponse> Resume(V1.ResumeRequest request, ServerCallContext context) =>
        RunAsync(ControlCommand.Resume, request.Reason, request.HasPortfolio ? request.Portfolio : null, context);

    public override Task<V1.ControlResponse> Arm(V1.ArmRequest request, ServerCallContext context) =>
        RunAsync(ControlCommand.Arm, request.Reason, null, context);

    public override Task<V1.ControlResponse> Disarm(V1.DisarmRequest request, ServerCallContext context) =>
        RunAsync(ControlCommand.Disarm, request.Reason, null, context);

    public override Task<V1.ControlResponse> Flatten(V1.FlattenRequest request, ServerCallContext context) =>
        RunAsync(ControlCommand.Flatten, request.Reason, request.HasPortfolio ? request.Portfolio : null, context);

    private async Task<V1.ControlResponse> RunAsync(ControlCommand command, string reason, string? portfolio, ServerCallContext context)
    {
        var (status, held) = await context.CommandAsync<TradingStatus>(
            portfolio ?? "",
            reason,
            http => ControlApi.RunAsync(command, new ControlRequest(reason, portfolio), http, grains, rule, options));
        return held is null ? StatusMessages.Of(status!) : new V1.ControlResponse { Held = held };
    }
}
