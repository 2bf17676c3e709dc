using BtcAgent.Client.Access;
using BtcAgent.Client.Operators;
using BtcAgent.Contracts.Control;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Access;
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
        Add(group, ControlCommand.Halt, "Halt one portfolio or all: no new orders, open orders are cancelled, positions stay")
            .WithRule(OfPortfolio(CommandVerbs.Halt, AccessRole.Trader)).WithMetadata(LimitedApart.Stop);
        Add(group, ControlCommand.Resume, "Resume one portfolio or all: trade again within the limits")
            .WithRule(OfPortfolio(CommandVerbs.Resume, AccessRole.RiskManager));
        Add(group, ControlCommand.Arm, "Arm: allow orders to a real venue")
            .WithRule(OfAgent(CommandVerbs.Arm, AccessRole.RiskManager));
        Add(group, ControlCommand.Disarm, "Disarm: no more orders to a real venue; open ones stay")
            .WithRule(OfAgent(CommandVerbs.Disarm, AccessRole.Trader)).WithMetadata(LimitedApart.Stop);
        Add(group, ControlCommand.Flatten, "Halt one portfolio or all, cancel open orders and close positions at market")
            .WithRule(OfPortfolio(CommandVerbs.Flatten, AccessRole.Trader)).WithMetadata(LimitedApart.Stop);
    }

    internal static async Task<IResult> RunAsync(
        ControlCommand command,
        ControlRequest request,
        HttpContext context,
        IGrainFactory grains,
        TwoPersonRule rule,
        IOptions<AgentOptions> options)
    {
        if (command.IsForAll && request.Portfolio is not null)
        {
            return KnownNames.BadRequest($"'{command.Verb}' is for the whole agent: leave out 'portfolio'", "portfolio");
        }

        if ((CallerCheck.For(context, request.Portfolio) ?? KnownNames.CheckPortfolio(request.Portfolio, options.Value)) is { } unknown)
        {
            return unknown;
        }

        if (OperatorReason.Check(request.Reason, out var reason) is { } refusal)
        {
            return refusal;
        }

        if (command == ControlCommand.Arm && options.Value.MustBeArmed
            && await rule.HoldAsync(context, HeldCommand.Arm, reason) is { } held)
        {
            return held;
        }

        var control = grains.GetGrain<ITradingControlGrain>(ITradingControlGrain.Key);

        // A halt waits for nothing, not even for the state before it.
        var before = CommandVerbs.Stops(command.Verb) ? null : Summary(await control.GetStatus());
        var status = (await command.Run(control, reason, context.OperatorName(), request.Portfolio)).Within(CallerIdentity.ScopeOf(context));
        AuditNote.Change(context, before, Summary(status));
        return status.Pending is null ? Results.Ok(status) : Results.Accepted(uri: null, status);
    }

    private static string Summary(TradingStatus status) => string.Join(
        ", ", status.Breakers.Select(breaker => $"{breaker.Key} {breaker.Value.Mode}").Prepend(status.IsArmed ? "armed" : "not armed"));

    private static RouteRule OfPortfolio(string verb, AccessRole role) => RouteRule.Command(verb, role, RouteScope.Body);

    private static RouteRule OfAgent(string verb, AccessRole role) => RouteRule.Command(verb, role, RouteScope.WholeAgent);

    private static RouteHandlerBuilder Add(RouteGroupBuilder group, ControlCommand command, string summary) =>
        group.MapPost($"/{command.Verb}", (
            ControlRequest request, HttpContext context, IGrainFactory grains, TwoPersonRule rule, IOptions<AgentOptions> options) =>
            RunAsync(command, request, context, grains, rule, options))
        .WithName($"Control{char.ToUpperInvariant(command.Verb[0])}{command.Verb[1..]}").WithSummary(summary)
        .Produces<TradingStatus>().Produces<TradingStatus>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);
}
