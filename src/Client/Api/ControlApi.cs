using BtcAgent.Client.Access;
using BtcAgent.Contracts.Control;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BtcAgent.Client.Api;

internal static class ControlApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/control").WithTags("Control");
        Add(group, "halt", "Halt: no new orders, open orders are cancelled, positions stay", (g, r, o) => g.Halt(r, o)).WithMetadata(LimitedApart.Stop);
        Add(group, "resume", "Resume: trade again within the limits", (g, r, o) => g.Resume(r, o));
        Add(group, "arm", "Arm: allow orders to a real venue", (g, r, o) => g.Arm(r, o));
        Add(group, "disarm", "Disarm: no more orders to a real venue; open ones stay", (g, r, o) => g.Disarm(r, o)).WithMetadata(LimitedApart.Stop);
        Add(group, "flatten", "Halt, cancel open orders and close positions at market", (g, r, o) => g.Flatten(r, o)).WithMetadata(LimitedApart.Stop);
    }

    private static RouteHandlerBuilder Add(
        RouteGroupBuilder group, string command, string summary, Func<ITradingControlGrain, string, string, Task<TradingStatus>> run) =>
        group.MapPost($"/{command}", async (ControlRequest request, HttpContext context, IGrainFactory grains) =>
        {
            if (OperatorReason.Check(request.Reason, out var reason) is { } refusal)
            {
                return refusal;
            }

            var control = grains.GetGrain<ITradingControlGrain>(ITradingControlGrain.Key);
            var status = await run(control, reason, context.OperatorName());
            return status.Pending is null ? Results.Ok(status) : Results.Accepted(uri: null, status);
        })
        .WithName($"Control{char.ToUpperInvariant(command[0])}{command[1..]}").WithSummary(summary)
        .Produces<TradingStatus>().Produces<TradingStatus>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status400BadRequest);
}
