using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution.Live;

/// <summary>
/// Finds the order of a report, and applies the venue's id, client order id and quantity. The venue's id identifies an
/// order; client order ids may change.
/// </summary>
public sealed partial class LiveExecution
{
    /// <summary>
    /// Finds the order of a report by the venue's id or, until that is known, by its client order id. Null for old news,
    /// and for a report that cannot belong to an order.
    /// </summary>
    private Order? Identify(ExecutionReport report)
    {
        var venueId = report.VenueOrder?.VenueOrderId ?? report.VenueOrderId;
        var known = venueId is null ? Find(report.ClientOrderId)
            : _book.AtVenue(venueId) ?? (report.VenueOrder is { } order ? Awaited(order) : Awaited(report.ClientOrderId));
        if (known is not null)
        {
            return known;
        }

        var isOld = venueId is null ? _book.HasEnded(report.ClientOrderId) : _book.HasEndedAtVenue(venueId);
        if (isOld && (report.Fill is not { } late || _trades.Has(late.TradeId)))
        {
            return null;
        }

        if (report.VenueOrder is { } unknown && unknown.Instrument == _rules.Instrument)
        {
            if (!MayBeOurs(unknown))
            {
                return Adopt(unknown);
            }

            _hasUntraced = true; // Its first client order id identifies it, and only a comparison reads that.
            return null;
        }

        Raise(
            DoubtKind.UnknownOrder,
            venueId ?? report.ClientOrderId,
            $"{report.Kind} of {report.ClientOrderId} ({venueId ?? "no venue id"}), which is not known, without the order",
            report.Payload ?? report.ToString(),
            report.EventTime);
        return null;
    }

    /// <summary>
    /// An order of this agent that was sent under that client order id and has not been seen at the venue yet.
    /// </summary>
    private Order? Awaited(string? clientOrderId) =>
        clientOrderId is not null && _book.Named(clientOrderId) is { VenueOrderId: null, Status: not OrderStatus.Denied } order ? order : null;

    private Order? Awaited(VenueOrder reported) =>
        (Awaited(reported.ClientOrderId) ?? Awaited(reported.FormerClientOrderId)) is { } order && CanBe(order, reported) ? order : null;

    /// <summary>Returns whether the unknown order could be one of the agent's in flight under another client order id.</summary>
    private bool MayBeOurs(VenueOrder unknown) => _sentAt.Count > 0 && !DecisionId.IsOwn(unknown.ClientOrderId)
        && OpenOrders.Any(order => order.VenueOrderId is null && CanBe(order, unknown));

    /// <summary>
    /// A client order id alone may be another program's: side and price never change, and a quantity is only ever reduced.
    /// </summary>
    private static bool CanBe(Order order, VenueOrder reported) => order.Intent.Side == reported.Side
        && reported.Quantity <= order.Intent.Quantity
        && (reported.LimitPrice is null || order.Intent.LimitPrice is null || reported.LimitPrice == order.Intent.LimitPrice);

    private Order Adopt(VenueOrder unknown)
    {
        var name = unknown.ClientOrderId;
        var isTaken = name.Length == 0 || _book.Find(name) is not null || _book.HasEnded(name);
        var order = Adopted(unknown, isTaken ? $"{name}#{unknown.VenueOrderId}" : name) with { IsByHand = isTaken || !DecisionId.IsOwn(name) };
        Add(order);
        var (kind, words) = isTaken
            ? (CorrectionKind.ReusedName, Text($"{unknown.Side} {unknown.Quantity} of venue order {unknown.VenueOrderId} has the name {name}, which another order had: adopted as {order.Intent.ClientOrderId}"))
            : DecisionId.IsOwn(name)
                ? (CorrectionKind.ForgottenOrder, Text($"{name} is ours by its id, but was not in our memory: adopted"))
                : (CorrectionKind.ForeignOrder, Text($"{unknown.Side} {unknown.Quantity} as {name} was placed outside this agent: adopted"));
        Correct(kind, order.Intent.ClientOrderId, words, unknown.UpdatedAt);
        return order;
    }

    /// <summary>Applies the venue's id, client order id and quantity of an order where they are newer than ours.</summary>
    /// <param name="order">Our order.</param>
    /// <param name="reported">The venue's record.</param>
    /// <param name="source">The report with the record, for the payload of a doubt; null for a queried record.</param>
    /// <returns>False when the rest of the record must not be applied either.</returns>
    private bool Learn(Order order, VenueOrder reported, ExecutionReport? source)
    {
        var id = order.Intent.ClientOrderId;
        var payload = reported.Payload ?? source?.Payload ?? reported.ToString();
        if (reported.Side != order.Intent.Side || reported.Instrument != order.Intent.Instrument)
        {
            Raise(DoubtKind.Contradiction, id, Text($"the venue has {reported.Side} {reported.Instrument} for {id}, which is {order.Intent.Side} {order.Intent.Instrument}"), payload, reported.UpdatedAt);
            Ask(id);
            return false;
        }

        var next = order.VenueOrderId is null ? order with { VenueOrderId = reported.VenueOrderId } : order;
        if (IsNewer(order, reported) || (source is null && IsAnother(order, reported) && Contradict(order).Times > 1))
        {
            var quantity = reported.Status == OrderStatus.Filled ? Quantity.Min(reported.QuantityToFill, reported.ExecutedQuantity) : reported.QuantityToFill;
            if (quantity != order.Quantity)
            {
                Correct(CorrectionKind.Amended, id, reported.PreventedQuantity.IsZero
                    ? Text($"the venue fills {quantity} of {id}, where {order.Quantity} was known")
                    : Text($"the venue fills {quantity} of {id}: prevention of self-trades took {reported.PreventedQuantity} of {reported.Quantity}"), reported.UpdatedAt);
            }

            if (reported.ClientOrderId != order.Name)
            {
                Correct(CorrectionKind.Renamed, id, $"{id} goes by {reported.ClientOrderId} at the venue, where {order.Name} was known", reported.UpdatedAt);
            }

            next = OrderLifecycle.Amend(next, quantity, reported.ClientOrderId, reported.UpdatedAt);
        }

        Change(order, next == order ? order : next);
        if (reported.Unclear is not null)
        {
            Raise(DoubtKind.UnknownWord, id, $"{id}: {reported.Unclear}", payload, reported.UpdatedAt);
        }

        if (reported.Status != OrderStatus.Unclear)
        {
            return true;
        }

        Ask(id);
        return source?.Kind == ExecutionReportKind.Trade;
    }

    private static bool IsAnother(Order order, VenueOrder reported) =>
        reported.ClientOrderId != order.Name || (reported.Status != OrderStatus.Filled && reported.QuantityToFill != order.Quantity);

    /// <summary>At the same instant, more executed quantity is newer; an amendment only reduces.</summary>
    private static bool IsNewer(Order order, VenueOrder reported) =>
        reported.UpdatedAt > order.VenueTime
        || (reported.UpdatedAt == order.VenueTime && (reported.QuantityToFill < order.Quantity
            ? reported.ExecutedQuantity >= order.FilledQuantity
            : reported.ExecutedQuantity > order.Quantity));
}
