using BtcAgent.Contracts.Risk;
using BtcAgent.Domain.Execution.Desk;
using BtcAgent.Domain.Execution.Live;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Domain.Risk;
using V1 = BtcAgent.Client.Grpc.V1;

namespace BtcAgent.Client.Rpc.Messages;

/// <summary>Messages about orders, executions and risk's decisions.</summary>
internal static class OrderMessages
{
    public static V1.Order Of(Order order)
    {
        var message = new V1.Order
        {
            Intent = Of(order.Intent),
            Status = (V1.OrderStatus)order.Status,
            FilledQuantity = order.FilledQuantity.ToString(),
            FilledNotional = Plain.Text(order.FilledNotional),
            FillCount = order.FillCount,
            UpdatedAt = Plain.Time(order.UpdatedAt),
            TradeIds = { order.TradeIds },
            Quantity = order.Quantity.ToString(),
            RemainingQuantity = order.RemainingQuantity.ToString(),
            Name = order.Name,
            IsAdopted = order.IsAdopted,
            IsByHand = order.IsByHand,
            IsOpen = order.IsOpen,
            VenueTime = Plain.Time(order.VenueTime),
        };
        Optional.Set(order.VenueOrderId, value => message.VenueOrderId = value);
        Optional.Set(order.Reason, value => message.Reason = value);
        Optional.Set(order.AverageFillPrice, value => message.AverageFillPrice = value);
        return message;
    }

    public static V1.RiskDecision Of(RiskDecision decision) => new()
    {
        DecisionId = decision.Decision.Text,
        Outcome = (V1.RiskOutcome)decision.Outcome,
        Checks = { decision.Checks.Select(Of) },
        TargetPosition = Plain.Text(decision.TargetPosition),
        CurrentPosition = Plain.Text(decision.CurrentPosition),
        Breaker = StatusMessages.Of(decision.Breaker),
        Intent = decision.Intent is { } intent ? Of(intent) : null,
        Summary = decision.Summary,
    };

    public static V1.PlaceOrderResponse Of(ManualOrderAnswer answer) => new()
    {
        Decision = Of(answer.Decision),
        Order = answer.Order is { } order ? Of(order) : null,
    };

    public static V1.Execution Of(ExecutionStatus status)
    {
        var message = new V1.Execution
        {
            IsLive = status.IsLive,
            IsReconciling = status.IsReconciling,
            Reason = status.Reason,
            ReconciledAt = Plain.Time(status.ReconciledAt),
            OpenOrders = status.OpenOrders,
            Anomalies = status.Anomalies,
            Corrections = { status.Corrections.Select(Of) },
            Doubts = { status.Doubts.Select(Of) },
        };
        Optional.Set(status.LastAnomaly, value => message.LastAnomaly = value);
        Optional.Set(status.ErrorRate, value => message.ErrorRate = value);
        Optional.Set(status.RejectRate, value => message.RejectRate = value);
        Optional.Set(status.SlippageBps, value => message.SlippageBps = value);
        Optional.Set(status.FillDelayMs, value => message.FillDelayMs = value);
        Optional.Set(status.StandsStill, value => message.StandsStill = value);
        return message;
    }

    public static V1.BalanceTransfer Of(BalanceTransfer transfer) => new()
    {
        Id = transfer.Id,
        Asset = transfer.Asset,
        Amount = Plain.Text(transfer.Amount),
        Reason = transfer.Reason,
        EventTime = Plain.Time(transfer.EventTime),
    };

    private static V1.OrderIntent Of(OrderIntent intent)
    {
        var message = new V1.OrderIntent
        {
            ClientOrderId = intent.ClientOrderId,
            DecisionId = intent.Decision.Text,
            Portfolio = intent.Portfolio,
            Instrument = intent.Instrument.Key,
            Side = (V1.Side)intent.Side,
            Type = (V1.OrderType)intent.Type,
            TimeInForce = (V1.TimeInForce)intent.TimeInForce,
            Quantity = intent.Quantity.ToString(),
            EventTime = Plain.Time(intent.EventTime),
            ReferencePrice = Plain.Text(intent.ReferencePrice),
            ReducesRisk = intent.ReducesRisk,
        };
        Optional.Set(intent.LimitPrice?.ToString(), value => message.LimitPrice = value);
        Optional.Set(intent.StopPrice?.ToString(), value => message.StopPrice = value);
        Optional.Set(intent.TrailingDeltaBps, value => message.TrailingDeltaBps = value);
        Optional.Set(intent.Strategy, value => message.Strategy = value);
        return message;
    }

    private static V1.RiskCheck Of(RiskCheck check)
    {
        var message = new V1.RiskCheck { Code = check.Code, Passed = check.Passed };
        Optional.Set(check.Value, value => message.Value = value);
        Optional.Set(check.Limit, value => message.Limit = value);
        Optional.Set(check.Detail, value => message.Detail = value);
        return message;
    }

    private static V1.Correction Of(Correction correction) => new()
    {
        Id = correction.Id,
        Kind = Plain.Name(correction.Kind),
        Reason = correction.Reason,
        EventTime = Plain.Time(correction.EventTime),
    };

    private static V1.Doubt Of(Doubt doubt) => new()
    {
        Id = doubt.Id,
        Kind = Plain.Name(doubt.Kind),
        Action = Plain.Name(doubt.Action),
        Subject = doubt.Subject,
        Words = doubt.Words,
        Payload = doubt.Payload,
        EventTime = Plain.Time(doubt.EventTime),
        Count = doubt.Count,
        IsOpen = doubt.IsOpen,
    };
}
