using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Client.Access;
using BtcAgent.Client.Api;
using BtcAgent.Client.Rpc.Calls;
using BtcAgent.Client.Rpc.Messages;
using BtcAgent.Contracts.Risk;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Execution.Desk;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Domain.Risk;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using V1 = BtcAgent.Client.Grpc.V1;

namespace BtcAgent.Client.Rpc.Services;

internal sealed class OrdersService(IGrainFactory grains, IOptions<AgentOptions> options) : V1.Orders.OrdersBase
{
    /// <summary>Type of the violations in <c>google.rpc.PreconditionFailure</c>: a rule of risk.</summary>
    private const string RuleViolation = "RISK_RULE";

    public override async Task<V1.ListOrdersResponse> List(V1.ListOrdersRequest request, ServerCallContext context)
    {
        var portfolio = request.HasPortfolio ? request.Portfolio : null;
        context.DemandPortfolio(portfolio);
        var orders = await context.ReadAsync<IReadOnlyList<Order>>(OrderApi.ListAsync(
            context.GetHttpContext(), grains, options, portfolio, request.HasInstrument ? request.Instrument : null, RpcPage.RowsMax));
        var (rows, next) = RpcPage.Of(orders, o => o.Intent.EventTime, o => o.Intent.ClientOrderId, request.PageSize, request.Cursor);
        return new V1.ListOrdersResponse { Orders = { rows.Select(OrderMessages.Of) }, NextCursor = next };
    }

    public override async Task<V1.PlaceOrderResponse> Place(V1.PlaceOrderRequest request, ServerCallContext context)
    {
        context.DemandPortfolio(request.Portfolio);
        var wanted = Read(request);
        if (OperatorReason.Check(request.Reason, out var reason) is ProblemHttpResult refusal)
        {
            throw RpcProblem.Exception(refusal.ProblemDetails);
        }

        var (answer, _) = await context.CommandAsync<ManualOrderAnswer>(
            wanted.Portfolio,
            reason,
            http => OrderCommandApi.PlaceAsync(wanted, http, grains, options));
        var note = AuditNote.Of(context.GetHttpContext());
        note.Reason = AuditNote.Short($"{reason}: {note.Reason}");
        return note.Status == StatusCodes.Status409Conflict ? throw Refused(answer!) : OrderMessages.Of(answer!);
    }

    public override async Task<V1.Order> Cancel(V1.CancelOrderRequest request, ServerCallContext context)
    {
        var (order, _) = await context.CommandAsync<Order>(
            request.ClientOrderId,
            request.Reason,
            http => OrderCommandApi.CancelAsync(request.ClientOrderId, new ControlRequest(request.Reason), http, grains, options));
        return OrderMessages.Of(order!);
    }

    public override async Task<V1.ListExecutionsResponse> ListExecutions(V1.ListExecutionsRequest request, ServerCallContext context)
    {
        var executions = await context.ReadAsync<IReadOnlyDictionary<string, ExecutionStatus>>(
            OrderCommandApi.ListAsync(context.GetHttpContext(), grains, options));
        var message = new V1.ListExecutionsResponse();
        message.Executions.Add(executions.ToDictionary(e => e.Key, e => OrderMessages.Of(e.Value)));
        return message;
    }

    public override async Task<V1.AcceptBalancesResponse> AcceptBalances(V1.AcceptBalancesRequest request, ServerCallContext context)
    {
        var (booked, _) = await context.CommandAsync<IReadOnlyDictionary<string, ImmutableArray<BalanceTransfer>>>(
            "", request.Reason, http => OrderCommandApi.AcceptAsync(new ControlRequest(request.Reason), http, grains, options));
        var message = new V1.AcceptBalancesResponse();
        message.Booked.Add(booked!.ToDictionary(b => b.Key, b => new V1.Transfers { Values = { b.Value.Select(OrderMessages.Of) } }));
        return message;
    }

    private static PlaceOrder Read(V1.PlaceOrderRequest request) => new(
        request.RequestId,
        request.Portfolio,
        request.Instrument,
        RpcArguments.Required<V1.Side, Side>("side", request.Side),
        RpcArguments.Required<V1.OrderType, OrderType>("type", request.Type),
        RpcArguments.Quantity("quantity", request.Quantity),
        request.HasLimitPrice ? RpcArguments.Price("limit_price", request.LimitPrice) : null,
        request.HasStopPrice ? RpcArguments.Price("stop_price", request.StopPrice) : null,
        RpcArguments.Choice<V1.TimeInForce, TimeInForce>("time_in_force", request.TimeInForce) ?? TimeInForce.GoodTillCanceled,
        request.HasTrailingDeltaBps ? request.TrailingDeltaBps : null);

    /// <summary>The failed rules, each with its value and limit.</summary>
    private static RpcException Refused(ManualOrderAnswer answer) => new Google.Rpc.Status
    {
        Code = (int)StatusCode.FailedPrecondition,
        Message = answer.Order?.Reason ?? answer.Decision.Summary,
        Details =
        {
            Any.Pack(new ErrorInfo { Reason = "ORDER_REFUSED", Domain = RpcProblem.Domain, Metadata = { { "decision_id", answer.Decision.Decision.Text } } }),
            Any.Pack(new PreconditionFailure { Violations = { answer.Decision.Checks.Where(check => !check.Passed).Select(ViolationOf) } }),
        },
    }.ToRpcException();

    private static PreconditionFailure.Types.Violation ViolationOf(RiskCheck check) => new()
    {
        Type = RuleViolation,
        Subject = check.Code,
        Description = check.Detail ?? string.Create(CultureInfo.InvariantCulture, $"{check.Value} against the limit {check.Limit}"),
    };
}
