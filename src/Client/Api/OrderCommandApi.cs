using System.Collections.Immutable;
using BtcAgent.Client.Access;
using BtcAgent.Client.Operators;
using BtcAgent.Contracts.Risk;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Access;
using BtcAgent.Domain.Execution.Desk;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Domain.Risk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace BtcAgent.Client.Api;

/// <summary>Manual orders, and the comparison of orders with the venue.</summary>
internal static class OrderCommandApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/orders", PlaceAsync)
            .WithRule(RouteRule.Command(CommandVerbs.PlaceOrder, AccessRole.Trader, RouteScope.Body))
            .WithName("PlaceOrder").WithTags("Orders")
            .WithSummary("Place a manual order, subject to the risk rules; the same request id is the same order")
            .Produces<ManualOrderAnswer>().Produces<ManualOrderAnswer>(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/orders/{clientOrderId}/cancel", CancelAsync)
            .WithRule(RouteRule.Command(CommandVerbs.CancelOrder, AccessRole.Trader, RouteScope.Filtered))
            .WithName("CancelOrder").WithTags("Orders")
            .WithSummary("Request the cancel of an open order").Produces<Order>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/executions/accept-balances", AcceptAsync)
            .WithRule(RouteRule.Command(CommandVerbs.AcceptBalances, AccessRole.RiskManager, RouteScope.WholeAgent))
            .WithName("AcceptBalances").WithTags("Orders")
            .WithSummary("Accept the venue's balances and book the differences, once their cause is known")
            .Produces<IReadOnlyDictionary<string, ImmutableArray<BalanceTransfer>>>().ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict);
        api.MapGet("/executions", ListAsync)
            .WithRule(RouteRule.Read(AccessRole.Viewer, RouteScope.Filtered)).WithName("ListExecutions").WithTags("Orders")
            .WithSummary("Whether orders agree with the venue's records, and the corrections")
            .Produces<IReadOnlyDictionary<string, ExecutionStatus>>();
    }

    internal static async Task<IResult> PlaceAsync(
        PlaceOrder wanted, HttpContext context, IGrainFactory grains, IOptions<AgentOptions> options)
    {
        if (CallerCheck.For(context, wanted.Portfolio) is { } forbidden)
        {
            return forbidden;
        }

        if (options.Value.Executions().All(e => e.Portfolio != wanted.Portfolio || e.Instrument != wanted.Instrument))
        {
            return TypedResults.Problem(
                $"no strategy trades {wanted.Instrument} for portfolio {wanted.Portfolio}: "
                + string.Join(", ", options.Value.Executions().Select(e => $"{e.Portfolio}/{e.Instrument}")), statusCode: StatusCodes.Status404NotFound);
        }

        if (wanted.Problem() is var (field, problem))
        {
            return KnownNames.BadRequest(problem, field);
        }

        var answer = await grains.GetGrain<IRiskGrain>(wanted.Portfolio).Place(wanted.ToRequest());
        AuditNote.Of(context).Reason = $"{wanted.Side} {wanted.Quantity} {wanted.Instrument} {wanted.Type} {wanted.LimitPrice}".TrimEnd();
        AuditNote.Of(context).After = AuditNote.Short(answer.Order is { } order ? $"{order.Intent.ClientOrderId} {order.Status}" : answer.Decision.Summary);
        return answer.Order is { Status: not OrderStatus.Denied } ? TypedResults.Ok(answer) : TypedResults.Json(answer, statusCode: StatusCodes.Status409Conflict);
    }

    internal static async Task<IResult> CancelAsync(
        string clientOrderId, ControlRequest request, HttpContext context, IGrainFactory grains, IOptions<AgentOptions> options)
    {
        if (OperatorReason.Check(request.Reason, out var reason) is { } refusal)
        {
            return refusal;
        }

        var scope = CallerIdentity.ScopeOf(context);
        foreach (var (portfolio, instrument) in options.Value.Executions().Where(execution => scope.Covers(execution.Portfolio)))
        {
            if (await grains.Execution(portfolio, instrument).Cancel(clientOrderId, $"{context.OperatorName()}: {reason}") is { } order)
            {
                return TypedResults.Ok(order);
            }
        }

        return TypedResults.Problem($"order '{clientOrderId}' is unknown: GET /api/v1/orders lists the orders", statusCode: StatusCodes.Status404NotFound);
    }

    internal static async Task<IResult> AcceptAsync(
        ControlRequest request, HttpContext context, IGrainFactory grains, IOptions<AgentOptions> options)
    {
        if (OperatorReason.Check(request.Reason, out var reason) is { } refusal)
        {
            return refusal;
        }

        var booked = new Dictionary<string, ImmutableArray<BalanceTransfer>>(StringComparer.Ordinal);
        foreach (var portfolio in options.Value.Executions().GroupBy(execution => execution.Portfolio))
        {
            // Instruments are compared one at a time; orders on another one could trade meanwhile, and only a halt prevents that.
            if (portfolio.Count() > 1 && (await grains.GetGrain<IRiskGrain>(portfolio.Key).GetStatus()).Breaker.Mode != BreakerMode.Halted)
            {
                return Refused($"{portfolio.Key} trades {portfolio.Count()} instruments: halt it first", booked);
            }

            foreach (var (_, instrument) in portfolio)
            {
                var answer = await grains.Execution(portfolio.Key, instrument).AcceptBalances($"{context.OperatorName()}: {reason}");
                if (answer.Refusal is { } problem)
                {
                    return Refused($"{portfolio.Key}/{instrument}: {problem}", booked);
                }

                booked[$"{portfolio.Key}/{instrument}"] = answer.Booked;
            }
        }

        return TypedResults.Ok(booked);
    }

    private static ProblemHttpResult Refused(string detail, Dictionary<string, ImmutableArray<BalanceTransfer>> booked) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status409Conflict, extensions: new Dictionary<string, object?> { ["booked"] = booked });

    internal static async Task<IResult> ListAsync(HttpContext context, IGrainFactory grains, IOptions<AgentOptions> options)
    {
        var scope = CallerIdentity.ScopeOf(context);
        var all = new Dictionary<string, ExecutionStatus>(StringComparer.Ordinal);
        foreach (var (portfolio, instrument) in options.Value.Executions().Where(execution => scope.Covers(execution.Portfolio)))
        {
            all[$"{portfolio}/{instrument}"] = await grains.Execution(portfolio, instrument).GetStatus();
        }

        return TypedResults.Ok(all);
    }
}
