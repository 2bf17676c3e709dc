using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Orders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace BtcAgent.Client.Api;

internal static class OrderApi
{
    private const int LimitMax = 500;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/orders", ListAsync).WithName("ListOrders").WithTags("Orders")
            .WithSummary("Open and recent orders, newest first; filtered by portfolio and instrument")
            .Produces<IReadOnlyList<Order>>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> ListAsync(
        IGrainFactory grains, IOptions<AgentOptions> options, string? portfolio = null, string? instrument = null, int limit = 100)
    {
        if (KnownNames.CheckRange("limit", limit, 1, LimitMax) is { } refusal)
        {
            return refusal;
        }

        if (KnownNames.CheckPortfolio(portfolio, options.Value) is { } unknown)
        {
            return unknown;
        }

        if (instrument is not null && !options.Value.Instruments.Contains(instrument))
        {
            return KnownNames.UnknownInstrument(instrument, options.Value);
        }

        var orders = new List<Order>();
        foreach (var (p, i) in options.Value.Executions())
        {
            if ((portfolio ?? p) == p && (instrument ?? i) == i)
            {
                orders.AddRange(await grains.Execution(p, i).GetOrders(limit));
            }
        }

        return TypedResults.Ok(orders.OrderByDescending(o => o.Intent.EventTime).Take(limit).ToArray());
    }
}
