namespace BtcAgent.Domain.Orders;

/// <summary>
/// The only code that changes an <see cref="Order"/>. Refuses an impossible report (an overfill, a fill of an ended order,
/// a report of another order): returns the order unchanged, with a description of the anomaly. A report that was applied
/// before, or that a later one has overtaken, changes nothing and is not an anomaly.
/// </summary>
public static class OrderLifecycle
{
    public static bool CanMove(OrderStatus from, OrderStatus to) => OrderTransitions.CanMove(from, to);

    public static Order Create(OrderIntent intent) => new() { Intent = intent, UpdatedAt = intent.EventTime };

    /// <summary>Creates an order that is refused before sending.</summary>
    public static Order Deny(OrderIntent intent, string reason) =>
        Move(Create(intent), OrderStatus.Denied, intent.EventTime, reason, out _);

    /// <summary>Applies a change by the agent: sent, denied, cancel requested.</summary>
    public static Order Move(Order order, OrderStatus to, Timestamp eventTime, string? reason, out string? anomaly)
    {
        anomaly = null;
        if (order.Status == to)
        {
            return order;
        }

        if (!CanMove(order.Status, to))
        {
            anomaly = $"order {order.Intent.ClientOrderId} cannot move from {order.Status} to {to}";
            return order;
        }

        return order with { Status = to, UpdatedAt = Later(order, eventTime), Reason = reason ?? order.Reason };
    }

    public static Order Apply(Order order, ExecutionReport report, out string? anomaly)
    {
        if (report.ClientOrderId != order.Intent.ClientOrderId)
        {
            anomaly = $"report of {report.ClientOrderId} applied to order {order.Intent.ClientOrderId}";
            return order;
        }

        return report.Kind switch
        {
            ExecutionReportKind.Accepted or ExecutionReportKind.Amended => Accept(order, report, out anomaly),
            ExecutionReportKind.Rejected =>
                Move(order, OrderStatus.Rejected, report.EventTime, report.Reason, out anomaly),
            ExecutionReportKind.Canceled =>
                Move(order, OrderStatus.Canceled, report.EventTime, report.Reason, out anomaly),
            ExecutionReportKind.Expired =>
                Move(order, OrderStatus.Expired, report.EventTime, report.Reason, out anomaly),
            ExecutionReportKind.Triggered =>
                Move(order, OrderStatus.Triggered, report.EventTime, report.Reason, out anomaly),
            ExecutionReportKind.CancelRejected => KeepWorking(order, report, out anomaly),
            ExecutionReportKind.Trade => Fill(order, report, out anomaly),
            _ => Refuse(order, $"unknown report kind {report.Kind}", out anomaly),
        };
    }

    /// <summary>
    /// Applies the venue's status where no report could lead to it; used only after reconciliation. Fills are excluded:
    /// they come from the venue's trades.
    /// </summary>
    public static Order Correct(Order order, OrderStatus status, string? venueOrderId, Timestamp eventTime, string reason) =>
        order with
        {
            Status = status,
            VenueOrderId = venueOrderId ?? order.VenueOrderId,
            UpdatedAt = Later(order, eventTime),
            Reason = reason,
        };

    /// <summary>Applies the venue's quantity and client order id; leaves status and fills unchanged.</summary>
    public static Order Amend(Order order, Quantity quantity, string name, Timestamp venueTime) => order with
    {
        VenueQuantity = quantity == order.Intent.Quantity ? null : quantity,
        VenueName = name == order.Intent.ClientOrderId ? null : name,
        VenueTime = venueTime,
    };

    /// <summary>Counts a fill proven by the venue's trades, whatever the order's status.</summary>
    public static Order CountProven(Order order, Fill fill) => order.TradeIds.Contains(fill.TradeId)
        ? order
        : order with
        {
            FilledQuantity = order.FilledQuantity + fill.Quantity,
            FilledNotional = order.FilledNotional + fill.Notional,
            FillCount = order.FillCount + 1,
            TradeIds = order.TradeIds.Add(fill.TradeId),
            UpdatedAt = Later(order, fill.EventTime),
        };

    private static Order Accept(Order order, ExecutionReport report, out string? anomaly)
    {
        anomaly = null;
        switch (order.Status)
        {
            case OrderStatus.Submitted:
                return order with
                {
                    Status = OrderStatus.Accepted,
                    VenueOrderId = report.VenueOrderId,
                    UpdatedAt = Later(order, report.EventTime),
                };

            case OrderStatus.PendingUpdate:
                return order with { Status = Working(order), UpdatedAt = Later(order, report.EventTime) };

            case OrderStatus.Initialized or OrderStatus.Emulated or OrderStatus.Released
                or OrderStatus.Denied or OrderStatus.Rejected:
                return Refuse(order, $"accepted while {order.Status}", out anomaly);

            default:
                return order.VenueOrderId is null && report.VenueOrderId is not null
                    ? order with { VenueOrderId = report.VenueOrderId }
                    : order;
        }
    }

    private static Order KeepWorking(Order order, ExecutionReport report, out string? anomaly)
    {
        anomaly = null;
        return order.Status == OrderStatus.PendingCancel
            ? order with
            {
                Status = Working(order),
                UpdatedAt = Later(order, report.EventTime),
                Reason = report.Reason,
            }
            : order;
    }

    private static Order Fill(Order order, ExecutionReport report, out string? anomaly)
    {
        anomaly = null;
        var intent = order.Intent;
        if (report.Fill is not { } fill)
        {
            return Refuse(order, "trade report without a fill", out anomaly);
        }

        if (order.TradeIds.Contains(fill.TradeId))
        {
            return order;
        }

        if (fill.ClientOrderId != intent.ClientOrderId || fill.Side != intent.Side
            || fill.Instrument != intent.Instrument)
        {
            return Refuse(order, $"fill {fill.TradeId} belongs to another order, side or instrument", out anomaly);
        }

        if (fill.Quantity.IsZero || fill.Quantity > order.RemainingQuantity)
        {
            return Refuse(
                order, $"fill {fill.TradeId} of {fill.Quantity} with {order.RemainingQuantity} remaining", out anomaly);
        }

        var whole = fill.Quantity == order.RemainingQuantity;
        var next = whole ? OrderStatus.Filled : OrderStatus.PartiallyFilled;
        if (!CanMove(order.Status, next))
        {
            return Refuse(order, $"fill {fill.TradeId} while {order.Status}", out anomaly);
        }

        // A partial fill does not answer a pending cancel or update.
        var pending = order.Status is OrderStatus.PendingCancel or OrderStatus.PendingUpdate;
        return order with
        {
            Status = !whole && pending ? order.Status : next,
            FilledQuantity = order.FilledQuantity + fill.Quantity,
            FilledNotional = order.FilledNotional + fill.Notional,
            FillCount = order.FillCount + 1,
            TradeIds = order.TradeIds.Add(fill.TradeId),
            VenueOrderId = order.VenueOrderId ?? report.VenueOrderId,
            UpdatedAt = Later(order, report.EventTime),
        };
    }

    private static OrderStatus Working(Order order) =>
        order.FilledQuantity.IsZero ? OrderStatus.Accepted : OrderStatus.PartiallyFilled;

    private static Order Refuse(Order order, string why, out string? anomaly)
    {
        anomaly = $"order {order.Intent.ClientOrderId}: {why}";
        return order;
    }

    private static Timestamp Later(Order order, Timestamp eventTime) =>
        eventTime > order.UpdatedAt ? eventTime : order.UpdatedAt;
}
