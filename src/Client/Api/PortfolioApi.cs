using BtcAgent.Contracts.Portfolios;
using BtcAgent.Contracts.Risk;
using BtcAgent.Contracts.Settings;
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
        group.MapGet("", ListAsync).WithName("ListPortfolios").WithSummary("Every portfolio")
            .Produces<IReadOnlyList<PortfolioSnapshot>>();
        group.MapGet("/{id}", GetAsync).WithName("GetPortfolio")
            .WithSummary("Balances, positions, profit and loss, drawdown, breaker; equity=true adds the equity curve")
            .Produces<PortfolioView>().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/{id}/limits", LimitsAsync).WithName("GetLimits")
            .WithSummary("Risk limits in force, and the operators' changes")
            .Produces<LimitsInForce>().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPut("/{id}/limits/{name}", ChangeLimitAsync).WithName("ChangeLimit")
            .WithSummary("Change one risk limit immediately and permanently")
            .Produces<LimitsInForce>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> LimitsAsync(string id, IGrainFactory grains, IOptions<AgentOptions> options) =>
        options.Value.Portfolios.All(p => p.Id != id)
            ? KnownNames.UnknownPortfolio(id, options.Value)
            : TypedResults.Ok(await grains.GetGrain<IRiskGrain>(id).GetLimits());

    private static async Task<IResult> ChangeLimitAsync(
        string id, string name, LimitRequest request, HttpContext context, IGrainFactory grains, IOptions<AgentOptions> options)
    {
        if (options.Value.Portfolios.All(p => p.Id != id))
        {
            return KnownNames.UnknownPortfolio(id, options.Value);
        }

        if (OperatorReason.Check(request.Reason, out var reason) is { } refusal)
        {
            return refusal;
        }

        return LimitBook.Problem(name, request.Value) is { } problem
            ? Results.Problem(problem, statusCode: StatusCodes.Status400BadRequest)
            : TypedResults.Ok(await grains.GetGrain<IRiskGrain>(id).ChangeLimit(name, request.Value, context.OperatorName(), reason));
    }

    private static async Task<IResult> ListAsync(IGrainFactory grains, IOptions<AgentOptions> options)
    {
        var snapshots = new List<PortfolioSnapshot>();
        foreach (var portfolio in options.Value.Portfolios)
        {
            snapshots.Add(await grains.GetGrain<IPortfolioGrain>(portfolio.Id).GetSnapshot());
        }

        return TypedResults.Ok(snapshots);
    }

    private static async Task<IResult> GetAsync(string id, IGrainFactory grains, IOptions<AgentOptions> options, bool equity = false)
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
