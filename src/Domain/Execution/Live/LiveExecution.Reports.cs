using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution.Live;

/// <summary>Applies the venue's reports, in any order and with any number of repeats.</summary>
public sealed partial class LiveExecution
{
    /// <summary>
    /// Applies a report once. An end that overtook its fills waits for them; a report of an unknown order creates an
    /// adopted order when the venue describes it.
    /// </summary>
    public void Receive(ExecutionReport report)
    {
        if (Identify(report) is not { } order)
        {
            return;
        }

        var id = order.Intent.ClientOrderId;
        var own = report with { ClientOrderId = id };
        if (order.VenueOrderId is null && own.VenueOrderId is { } venueId)
        {
            Change(order, order with { VenueOrderId = venueId });
            order = _book.Find(id)!;
        }

        if (own.VenueOrder is { } reported && !Learn(order, reported, report))
        {
            return;
        }

        order = _book.Find(id)!;
        var fits = own.Kind switch
        {
            ExecutionReportKind.Trade => ReceiveFill(order, own),
            ExecutionReportKind.Canceled or ExecutionReportKind.Expired or ExecutionReportKind.Rejected
                when own.VenueOrder?.ExecutedQuantity > order.FilledQuantity => Hold(own),
            ExecutionReportKind.Unclear => Question(own),
            _ => Apply(order, own),
        };
        order = _book.Find(id)!;
        if (own.VenueOrder?.ExecutedQuantity > order.FilledQuantity)
        {
            Ask(id);
            return;
        }

        if (own.Kind != ExecutionReportKind.CancelRejected)
        {
            Answered(id);
        }

        Release(id);
        Complete(id, own.VenueOrder);
        if (fits && own.VenueOrder?.Status != OrderStatus.Unclear && !_held.ContainsKey(id) && _book.Find(id)!.Status != OrderStatus.PendingCancel)
        {
            _asked.Remove(id);
        }
    }

    /// <returns>False when the report does not fit.</returns>
    private bool ReceiveFill(Order order, ExecutionReport report)
    {
        var id = order.Intent.ClientOrderId;
        if (report.Fill is not { } fill)
        {
            return Doubtful(DoubtKind.Contradiction, "trade report without a fill");
        }

        if (IsCounted(order, fill.TradeId))
        {
            return true;
        }

        if (fill.Side != order.Intent.Side || fill.Instrument != order.Intent.Instrument || fill.Quantity.IsZero || fill.Price.Units <= 0
            || !CountedTrades.IsId(fill.TradeId))
        {
            return Doubtful(DoubtKind.Contradiction, Text($"fill {fill.TradeId}, {fill.Side} {fill.Quantity} at {fill.Price}, cannot be of {order.Intent.Side} {id}"));
        }

        if (fill.Fee != 0 && fill.FeeAsset.Length == 0)
        {
            return Doubtful(DoubtKind.NoFeeAsset, Text($"fill {fill.TradeId} of {id} has a fee of {fill.Fee} in no asset"));
        }

        if (fill.Quantity > order.RemainingQuantity)
        {
            return Doubtful(DoubtKind.Overfill, Text($"fill {fill.TradeId} of {fill.Quantity} is more than the {order.RemainingQuantity} that {id} has left of {order.Quantity}"));
        }

        return Book(order, fill, report.VenueOrder?.Status, report.VenueOrder?.VenueOrderId ?? report.VenueOrderId);

        // This report does not book the fill: the venue's list of trades decides.
        bool Doubtful(DoubtKind kind, string words)
        {
            Raise(kind, id, words, report.Payload ?? report.ToString(), report.EventTime);
            Ask(id);
            return false;
        }
    }

    /// <summary>Books a fill that the venue proves. The order's status follows where a transition allows it.</summary>
    /// <returns>False when none does, or when the fill completes the order without a report of its end: the order must then
    /// be queried.</returns>
    private bool Book(Order order, Fill fill, OrderStatus? reported, string? venueOrderId)
    {
        var own = fill with
        {
            Portfolio = _portfolio,
            ClientOrderId = order.Intent.ClientOrderId,
            Number = ++_lastFillNumber,
            IsByHand = order.IsByHand,
        };
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
            // We had the order as ended, or with less remaining, and the venue traded it: the trade is a fact.
            next = OrderLifecycle.CountProven(order, own);
            Correct(CorrectionKind.MissedFill, fill.TradeId,
                Text($"{fill.TradeId}: {fill.Side} {fill.Quantity} at {fill.Price} of {order.Intent.ClientOrderId}, which was {order.Status} with {order.RemainingQuantity} left"),
                fill.EventTime);
        }

        _trades.Add(fill.TradeId);
        _fills.Add(own);
        Change(order, next);
        if (anomaly is null && (next.Status != OrderStatus.Filled || reported == OrderStatus.Filled))
        {
            return true;
        }

        Ask(order.Intent.ClientOrderId);
        return false;
    }

    /// <returns>False when no transition fits.</returns>
    private bool Apply(Order order, ExecutionReport report)
    {
        if (!order.IsOpen)
        {
            return true; // A later report has overtaken it.
        }

        var next = OrderLifecycle.Apply(order, report, out var anomaly);
        if (anomaly is not null)
        {
            Raise(DoubtKind.Contradiction, report.ClientOrderId, anomaly, report.Payload ?? report.ToString(), report.EventTime);
            Ask(report.ClientOrderId);
            return false;
        }

        Change(order, next);
        return true;
    }

    /// <summary>The venue has filled more than we have seen: the order's end waits for the fills, or for a query.</summary>
    private bool Hold(ExecutionReport report)
    {
        _held[report.ClientOrderId] = report;
        return true;
    }

    private bool Question(ExecutionReport report)
    {
        if (report.VenueOrder?.Unclear is null)
        {
            Raise(DoubtKind.UnknownWord, report.ClientOrderId, $"{report.ClientOrderId}: something happened that has no word here", report.Payload ?? report.ToString(), report.EventTime);
        }

        Ask(report.ClientOrderId);
        return false;
    }

    private void Release(string id)
    {
        var order = _book.Find(id)!;
        if (_held.TryGetValue(id, out var report) && report.VenueOrder!.ExecutedQuantity <= order.FilledQuantity)
        {
            _held.Remove(id);
            Apply(order, report);
            Complete(id, report.VenueOrder); // Its last fill may have looked like the end.
        }
    }

    /// <summary>
    /// Ends an order by the venue's status: an amendment may have reduced it to what was executed, and an order that looks
    /// filled may have expired by self-trade prevention.
    /// </summary>
    private void Complete(string id, VenueOrder? reported)
    {
        if (reported is { IsOpen: false, Status: not OrderStatus.Unclear } && _book.Find(id) is { } order
            && order.Status != reported.Status && reported.ExecutedQuantity == order.FilledQuantity)
        {
            Change(order, OrderLifecycle.Correct(order, reported.Status, reported.VenueOrderId, reported.UpdatedAt, reported.Reason ?? order.Reason ?? "ended at the venue"));
        }
    }

    /// <summary>Whether the trade is in the order's own list or, for an adopted order, older than the adoption.</summary>
    private bool IsCounted(Order order, string tradeId) =>
        order.TradeIds.Contains(tradeId) || _trades.HasSeen(tradeId) || _trades.IsUpTo(tradeId, order.CountedTo);

    /// <summary>Requests a query of the order's record at the venue before any further conclusion.</summary>
    private void Ask(string id) => _asked.Add(id);
}
