using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution.Live;

/// <summary>What the venue tells unasked, in any order and any number of times.</summary>
public sealed partial class LiveExecution
{
    /// <summary>
    /// Applies a report once. An end that overtook its fills waits for them; a report of an order we do not know is
    /// kept as an order of its own when the venue says what it is.
    /// </summary>
    public void Receive(ExecutionReport report)
    {
        if (!_orders.TryGetValue(report.ClientOrderId, out var order))
        {
            if (_ended.Contains(report.ClientOrderId) && (report.Fill is not { } late || IsCounted(late.TradeId)))
            {
                return; // Old news.
            }

            if (report.VenueOrder is not { } unknown)
            {
                Anomaly($"report of {report.ClientOrderId}, which is not known, without the order");
                return;
            }

            order = Adopt(unknown);
        }

        if (report.Kind == ExecutionReportKind.Trade)
        {
            ReceiveFill(order, report);
        }
        else if (report.VenueOrder is { } told && told.ExecutedQuantity > order.FilledQuantity)
        {
            Hold(order, report);
            return;
        }
        else
        {
            Apply(order, report);
        }

        if (report.VenueOrder is { } after && after.ExecutedQuantity > _orders[report.ClientOrderId].FilledQuantity)
        {
            Ask(report.ClientOrderId, report.EventTime);
            return;
        }

        Answered(report.ClientOrderId);
        Release(report.ClientOrderId);
    }

    private Order Adopt(VenueOrder unknown)
    {
        var ours = unknown.ClientOrderId.StartsWith("ba-", StringComparison.Ordinal);
        var order = Adopted(unknown);
        Add(order);
        Touch(unknown.ClientOrderId);
        Correct(
            ours ? CorrectionKind.ForgottenOrder : CorrectionKind.ForeignOrder,
            unknown.ClientOrderId,
            ours
                ? Text($"{unknown.ClientOrderId} is ours by its id, but was not in our memory: adopted")
                : Text($"{unknown.Side} {unknown.Quantity} as {unknown.ClientOrderId} was placed outside this agent: adopted"),
            unknown.UpdatedAt);
        return order;
    }

    private void ReceiveFill(Order order, ExecutionReport report)
    {
        if (report.Fill is not { } fill)
        {
            Anomaly($"trade report of {report.ClientOrderId} without a fill");
            return;
        }

        if (IsCounted(fill.TradeId))
        {
            return;
        }

        if (fill.Side != order.Intent.Side || fill.Instrument != order.Intent.Instrument
            || fill.Quantity.IsZero || fill.Quantity > order.RemainingQuantity)
        {
            Anomaly(Text($"fill {fill.TradeId} of {fill.Quantity} does not fit order {order.Intent.ClientOrderId} with {order.RemainingQuantity} left"));
            return;
        }

        Book(order, fill, report.VenueOrder?.VenueOrderId ?? report.VenueOrderId);
    }

    /// <summary>A fill that the venue proves. The order's status follows where the table of moves allows it.</summary>
    private void Book(Order order, Fill fill, string? venueOrderId)
    {
        var own = fill with { Portfolio = _portfolio, ClientOrderId = order.Intent.ClientOrderId };
        var next = OrderLifecycle.Apply(order, new ExecutionReport
        {
            ClientOrderId = order.Intent.ClientOrderId,
            Kind = ExecutionReportKind.Trade,
            EventTime = fill.EventTime,
            VenueOrderId = venueOrderId,
            Fill = own,
        }, out var anomaly);
        if (anomaly is not null)
        {
            // The order had ended in our eyes, and the venue traded it: the money is what it is.
            next = OrderLifecycle.CountProven(order, own);
            Correct(CorrectionKind.MissedFill, fill.TradeId,
                Text($"{fill.TradeId}: {fill.Side} {fill.Quantity} at {fill.Price} after {order.Intent.ClientOrderId} was {order.Status}"),
                fill.EventTime);
        }

        Count(fill.TradeId);
        _fills.Add(own);
        Change(order, next);
    }

    private void Apply(Order order, ExecutionReport report)
    {
        if (!order.IsOpen)
        {
            return; // Whatever it says has been overtaken.
        }

        var next = OrderLifecycle.Apply(order, report, out var anomaly);
        if (anomaly is not null)
        {
            Anomaly(anomaly);
            return;
        }

        Change(order, next);
    }

    /// <summary>
    /// The venue has filled more than we have seen: the end of the order waits for the fills, or for the question.
    /// </summary>
    private void Hold(Order order, ExecutionReport report)
    {
        if (report.Kind is ExecutionReportKind.Canceled or ExecutionReportKind.Expired or ExecutionReportKind.Rejected)
        {
            _held[order.Intent.ClientOrderId] = report;
        }
        else
        {
            Apply(order, report);
        }

        Ask(order.Intent.ClientOrderId, report.EventTime);
    }

    /// <summary>Leaves the order in doubt until an answer or a comparison with the venue settles it.</summary>
    private void Ask(string clientOrderId, Timestamp since)
    {
        if (_orders[clientOrderId].IsOpen && !_sentAt.ContainsKey(clientOrderId))
        {
            _sentAt = _sentAt.SetItem(clientOrderId, since);
            Version++;
        }
    }

    private void Release(string clientOrderId)
    {
        if (_held.TryGetValue(clientOrderId, out var report) && _orders.TryGetValue(clientOrderId, out var order)
            && report.VenueOrder!.ExecutedQuantity <= order.FilledQuantity)
        {
            _held.Remove(clientOrderId);
            Apply(order, report);
        }
    }

    private bool IsCounted(string tradeId) =>
        long.TryParse(tradeId, out var id) && (id <= _tradesReadTo || _tradesSeen.Contains(id));

    private void Count(string tradeId)
    {
        if (long.TryParse(tradeId, out var id))
        {
            _tradesSeen = _tradesSeen.Add(id);
            Version++;
        }
    }
}
