using BtcAgent.Client.Access;
using BtcAgent.Contracts.Control;
using BtcAgent.Contracts.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace BtcAgent.Client.Api;

internal static class ControlApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/control").WithTags("Control");
        Add(group, "halt", "Halt one portfolio or all: no new orders, open orders are cancelled, positions stay", (g, r, o, p) => g.Halt(r, o, p)).WithMetadata(LimitedApart.Stop);
        Add(group, "resume", "Resume one portfolio or all: trade again within the limits", (g, r, o, p) => g.Resume(r, o, p));
        Add(group, "arm", "Arm: allow orders to a real venue", (g, r, o, _) => g.Arm(r, o), forAll: true);
        Add(group, "disarm", "Disarm: no more orders to a real venue; open ones stay", (g, r, o, _) => g.Disarm(r, o), forAll: true).WithMetadata(LimitedApart.Stop);
        Add(group, "flatten", "Halt one portfolio or all, cancel open orders and close positions at market", (g, r, o, p) => g.Flatten(r, o, p)).WithMetadata(LimitedApart.Stop);
    }

    private static RouteHandlerBuilder Add(
        RouteGroupBuilder group,
        string command,
        string summary,
        Func<ITradingControlGrain, string, string, string?, Task<TradingStatus>> run,
        bool forAll = false) =>
        group.MapPost($"/{command}", async (ControlRequest request, HttpContext context, IGrainFactory grains, IOptions<AgentOptions> options) =>
        {
            if (forAll && request.Portfolio is not null)
            {
                return KnownNames.BadRequest($"'{command}' is for the whole agent: leave out 'portfolio'");
            }

            if (KnownNames.CheckPortfolio(request.Portfolio, options.Value) is { } unknown)
            {
                return unknown;
            }

            if (OperatorReason.Check(request.Reason, out var reason) is { } refusal)
            {
                return refusal;
            }

            var control = grains.GetGrain<ITradingControlGrain>(ITradingControlGrain.Key);
            var status = await run(control, reason, context.OperatorName(), request.Portfolio);
            return status.Pending is null ? Results.Ok(status) : Results.Accepted(uri: null, status);
        })
        .WithName($"Control{char.ToUpperInvariant(command[0])}{command[1..]}").WithSummary(summary)
        .Produces<TradingStatus>().Produces<TradingStatus>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);
}
