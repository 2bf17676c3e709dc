using BtcAgent.Contracts.Portfolios;
using BtcAgent.Contracts.Risk;
using BtcAgent.Contracts.Trading;
using BtcAgent.Domain.Portfolios;
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
