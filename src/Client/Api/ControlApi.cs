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
        Add(group, "halt", "Halt one portfolio or all: no new orders, open orders are cancelled, positions stay", (g, r, o, p) => g.Halt(r, o, p))
            .WithRule(OfPortfolio(CommandVerbs.Halt, AccessRole.Trader)).WithMetadata(LimitedApart.Stop);
        Add(group, "resume", "Resume one portfolio or all: trade again within the limits", (g, r, o, p) => g.Resume(r, o, p))
            .WithRule(OfPortfolio(CommandVerbs.Resume, AccessRole.RiskManager));
        Add(group, "arm", "Arm: allow orders to a real venue", (g, r, o, _) => g.Arm(r, o), forAll: true)
            .WithRule(OfAgent(CommandVerbs.Arm, AccessRole.RiskManager));
        Add(group, "disarm", "Disarm: no more orders to a real venue; open ones stay", (g, r, o, _) => g.Disarm(r, o), forAll: true)
            .WithRule(OfAgent(CommandVerbs.Disarm, AccessRole.Trader)).WithMetadata(LimitedApart.Stop);
        Add(group, "flatten", "Halt one portfolio or all, cancel open orders and close positions at market", (g, r, o, p) => g.Flatten(r, o, p))
            .WithRule(OfPortfolio(CommandVerbs.Flatten, AccessRole.Trader)).WithMetadata(LimitedApart.Stop);
    }

    private static string Summary(TradingStatus status) => string.Join(
        ", ", status.Breakers.Select(breaker => $"{breaker.Key} {breaker.Value.Mode}").Prepend(status.IsArmed ? "armed" : "not armed"));

    private static RouteRule OfPortfolio(string verb, AccessRole role) => RouteRule.Command(verb, role, RouteScope.Body);

    private static RouteRule OfAgent(string verb, AccessRole role) => RouteRule.Command(verb, role, RouteScope.WholeAgent);

    private static RouteHandlerBuilder Add(
        RouteGroupBuilder group,
        string command,
        string summary,
        Func<ITradingControlGrain, string, string, string?, Task<TradingStatus>> run,
        bool forAll = false) =>
        group.MapPost($"/{command}", async (
            ControlRequest request, HttpContext context, IGrainFactory grains, TwoPersonRule rule, IOptions<AgentOptions> options) =>
        {
            if (forAll && request.Portfolio is not null)
            {
                return KnownNames.BadRequest($"'{command}' is for the whole agent: leave out 'portfolio'");
            }

            if ((CallerCheck.For(context, request.Portfolio) ?? KnownNames.CheckPortfolio(request.Portfolio, options.Value)) is { } unknown)
            {
                return unknown;
            }

            if (OperatorReason.Check(request.Reason, out var reason) is { } refusal)
            {
                return refusal;
            }

            if (command == CommandVerbs.Arm && options.Value.MustBeArmed
                && await rule.HoldAsync(context, new HeldCommand(command, "", "arm: allow orders to a real venue", "{}"), reason) is { } held)
            {
                return held;
            }

            var control = grains.GetGrain<ITradingControlGrain>(ITradingControlGrain.Key);

            // A halt waits for nothing, not even for the state before it.
            var before = CommandVerbs.Stops(command) ? null : Summary(await control.GetStatus());
            var status = (await run(control, reason, context.OperatorName(), request.Portfolio)).Within(CallerIdentity.ScopeOf(context));
            AuditNote.Change(context, before, Summary(status));
            return status.Pending is null ? Results.Ok(status) : Results.Accepted(uri: null, status);
        })
        .WithName($"Control{char.ToUpperInvariant(command[0])}{command[1..]}").WithSummary(summary)
        .Produces<TradingStatus>().Produces<TradingStatus>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);
}
