using System.Globalization;
using BtcAgent.Client.Access;
using BtcAgent.Client.Operators;
using BtcAgent.Contracts.Portfolios;
using BtcAgent.Contracts.Risk;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Access;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Domain.Risk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace BtcAgent.Client.Api;

internal static class PortfolioApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/portfolios").WithTags("Portfolios");
        group.MapGet("", ListAsync)
            .WithRule(RouteRule.Read(AccessRole.Viewer, RouteScope.Filtered))
            .WithName("ListPortfolios").WithSummary("Every portfolio")
            .Produces<IReadOnlyList<PortfolioSnapshot>>();
        group.MapGet("/{id}", GetAsync).WithRule(RouteRule.Read(AccessRole.Viewer, RouteScope.Path)).WithName("GetPortfolio")
            .WithSummary("Balances, positions, profit and loss, drawdown, breaker; equity=true adds the equity curve")
            .Produces<PortfolioView>().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/{id}/limits", LimitsAsync)
            .WithRule(RouteRule.Read(AccessRole.Viewer, RouteScope.Path)).WithName("GetLimits")
            .WithSummary("Risk limits in force, and the operators' changes")
            .Produces<LimitsInForce>().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPut("/{id}/limits/{name}", ChangeLimitAsync)
            .WithRule(RouteRule.Command(CommandVerbs.ChangeLimit, AccessRole.RiskManager, RouteScope.Path))
            .WithName("ChangeLimit")
            .WithSummary("Change one risk limit immediately and permanently")
            .Produces<LimitsInForce>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
    }

    internal static async Task<IResult> LimitsAsync(string id, IGrainFactory grains, IOptions<AgentOptions> options) =>
        options.Value.Portfolios.All(p => p.Id != id)
            ? KnownNames.UnknownPortfolio(id, options.Value)
            : TypedResults.Ok(await grains.GetGrain<IRiskGrain>(id).GetLimits());

    internal static async Task<IResult> ChangeLimitAsync(
        string id, string name, LimitRequest request, HttpContext context, IGrainFactory grains, TwoPersonRule rule, IOptions<AgentOptions> options)
    {
        if (options.Value.Portfolios.All(p => p.Id != id))
        {
            return KnownNames.UnknownPortfolio(id, options.Value);
        }

        if (OperatorReason.Check(request.Reason, out var reason) is { } refusal)
        {
            return refusal;
        }

        if (LimitBook.Problem(name, request.Value) is { } problem)
        {
            return KnownNames.BadRequest(problem, LimitBook.Names.Contains(name) ? "value" : "name");
        }

        if (rule.IsOn && (await grains.GetGrain<IRiskGrain>(id).GetLimits()).Values.TryGetValue(name, out var now) && request.Value > now
            && await rule.HoldAsync(context, HeldCommand.OfLimit(id, name, now, request.Value), reason) is { } held)
        {
            return held;
        }

        var limits = await grains.GetGrain<IRiskGrain>(id).ChangeLimit(name, request.Value, context.OperatorName(), reason);
        var change = limits.Changes.LastOrDefault(change => change.Name == name);
        AuditNote.Change(context, Shown(change?.From), Shown(change?.To));
        return TypedResults.Ok(limits);
    }

    private static string? Shown(decimal? value) => value?.ToString(CultureInfo.InvariantCulture);

    internal static async Task<IResult> ListAsync(HttpContext context, IGrainFactory grains, IOptions<AgentOptions> options)
    {
        var scope = CallerIdentity.ScopeOf(context);
        var snapshots = new List<PortfolioSnapshot>();
        foreach (var portfolio in options.Value.Portfolios.Where(p => scope.Covers(p.Id)))
        {
            snapshots.Add(await grains.GetGrain<IPortfolioGrain>(portfolio.Id).GetSnapshot());
        }

        return TypedResults.Ok(snapshots);
    }

    internal static async Task<IResult> GetAsync(string id, IGrainFactory grains, IOptions<AgentOptions> options, bool equity = false)
    {
        if (options.Value.Portfolios.All(p => p.Id != id))
        {
            return KnownNames.UnknownPortfolio(id, options.Value);
        }

        var grain = grains.GetGrain<IPortfolioGrain>(id);
        return TypedResults.Ok(new PortfolioView(
            await grain.GetSnapshot(),
            await grains.GetGrain<IRiskGrain>(id).GetStatus(),
            equity ? await grain.GetEquityCurve() : null));
    }
}
