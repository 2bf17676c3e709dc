using BtcAgent.Client.Access;
using BtcAgent.Client.Operators;
using BtcAgent.Contracts.Execution;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Access;
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
        api.MapGet("/orders", ListAsync)
            .WithRule(RouteRule.Read(AccessRole.Viewer, RouteScope.Query)).WithName("ListOrders").WithTags("Orders")
            .WithSummary("Open and recent orders, newest first; filtered by portfolio and instrument; open=true lists every open one, however old")
            .Produces<IReadOnlyList<Order>>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);

    internal static async Task<IResult> ListAsync(
        HttpContext context,
        IGrainFactory grains,
        IOptions<AgentOptions> options,
        string? portfolio = null,
        string? instrument = null,
        int limit = 100,
        bool open = false)
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

        var scope = CallerIdentity.ScopeOf(context);
        var orders = new List<Order>();
        foreach (var (p, i) in options.Value.Executions().Where(execution => scope.Covers(execution.Portfolio)))
        {
            if ((portfolio ?? p) == p && (instrument ?? i) == i)
            {
                var execution = grains.Execution(p, i);
                orders.AddRange(open ? await OpenOf(execution) : await execution.GetOrders(limit));
            }
        }

        return TypedResults.Ok(orders.OrderByDescending(o => o.Intent.EventTime).Take(limit).ToArray());
    }

    /// <summary>Every order that is open for trading, and the protective stop, which is among the recent.</summary>
    private static async Task<IEnumerable<Order>> OpenOf(IExecutionGrain execution) =>
        (await execution.GetOpenOrders()).Orders.UnionBy((await execution.GetOrders(LimitMax)).Where(o => o.IsOpen), o => o.Intent.ClientOrderId);
}
