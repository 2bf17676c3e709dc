using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution.Live;

/// <summary>Which order a report is of, and what the venue's word on it changes: the venue's id is the order, names may change.</summary>
public sealed partial class LiveExecution
{
    /// <summary>
    /// The order meant: the venue's id says which, and until it is known the name. Null for old news, and for what cannot be
    /// an order.
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

            _hasUntraced = true; // Its first name says whose it is, and only a comparison reads that.
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

    /// <summary>Of this agent, sent under that name, and not yet seen at the venue.</summary>
    private Order? Awaited(string? clientOrderId) =>
        clientOrderId is not null && _book.Named(clientOrderId) is { VenueOrderId: null, Status: not OrderStatus.Denied } order ? order : null;

    private Order? Awaited(VenueOrder told) =>
        (Awaited(told.ClientOrderId) ?? Awaited(told.FormerClientOrderId)) is { } order && CanBe(order, told) ? order : null;

    /// <summary>One of ours is on its way, and this could be it under another name.</summary>
    private bool MayBeOurs(VenueOrder unknown) => _sentAt.Count > 0 && !IsOwnName(unknown.ClientOrderId)
        && OpenOrders.Any(order => order.VenueOrderId is null && CanBe(order, unknown));

    /// <summary>A name alone may be somebody else's: side and price never change, and a quantity is only ever reduced.</summary>
    private static bool CanBe(Order order, VenueOrder told) => order.Intent.Side == told.Side
        && told.Quantity <= order.Intent.Quantity
        && (told.LimitPrice is null || order.Intent.LimitPrice is null || told.LimitPrice == order.Intent.LimitPrice);

    private Order Adopt(VenueOrder unknown)
    {
        var name = unknown.ClientOrderId;
        var isTaken = name.Length == 0 || _book.Find(name) is not null || _book.HasEnded(name);
        var order = Adopted(unknown, isTaken ? $"{name}#{unknown.VenueOrderId}" : name) with { IsByHand = isTaken || !IsOwnName(name) };
        Add(order);
        var (kind, words) = isTaken
            ? (CorrectionKind.ReusedName, Text($"{unknown.Side} {unknown.Quantity} of venue order {unknown.VenueOrderId} has the name {name}, which another order had: adopted as {order.Intent.ClientOrderId}"))
            : IsOwnName(name)
                ? (CorrectionKind.ForgottenOrder, Text($"{name} is ours by its id, but was not in our memory: adopted"))
                : (CorrectionKind.ForeignOrder, Text($"{unknown.Side} {unknown.Quantity} as {name} was placed outside this agent: adopted"));
        Correct(kind, order.Intent.ClientOrderId, words, unknown.UpdatedAt);
        return order;
    }

    /// <summary>Takes over what the venue says of an order's id, name and quantity, where it is newer than what is known.</summary>
    /// <param name="order">Ours.</param>
    /// <param name="told">The venue's.</param>
    /// <param name="source">What brought it, for the payload of a doubt; null for a record that was asked for.</param>
    /// <returns>False when the rest of it is not to be taken either.</returns>
    private bool Learn(Order order, VenueOrder told, ExecutionReport? source)
    {
        var id = order.Intent.ClientOrderId;
        var payload = told.Payload ?? source?.Payload ?? told.ToString();
        if (told.Side != order.Intent.Side || told.Instrument != order.Intent.Instrument)
        {
            Raise(DoubtKind.Contradiction, id, Text($"the venue has {told.Side} {told.Instrument} for {id}, which is {order.Intent.Side} {order.Intent.Instrument}"), payload, told.UpdatedAt);
            Ask(id);
            return false;
        }

        var next = order.VenueOrderId is null ? order with { VenueOrderId = told.VenueOrderId } : order;
        if (IsNewer(order, told) || (source is null && IsAnother(order, told) && Contradict(order).Times > 1))
        {
            var quantity = told.Status == OrderStatus.Filled ? Quantity.Min(told.QuantityToFill, told.ExecutedQuantity) : told.QuantityToFill;
            if (quantity != order.Quantity)
            {
                Correct(CorrectionKind.Amended, id, told.PreventedQuantity.IsZero
                    ? Text($"the venue fills {quantity} of {id}, where {order.Quantity} was known")
                    : Text($"the venue fills {quantity} of {id}: prevention of self-trades took {told.PreventedQuantity} of {told.Quantity}"), told.UpdatedAt);
            }

            if (told.ClientOrderId != order.Name)
            {
                Correct(CorrectionKind.Renamed, id, $"{id} goes by {told.ClientOrderId} at the venue, where {order.Name} was known", told.UpdatedAt);
            }

            next = OrderLifecycle.Amend(next, quantity, told.ClientOrderId, told.UpdatedAt);
        }

        Change(order, next == order ? order : next);
        if (told.Unclear is not null)
        {
            Raise(DoubtKind.UnknownWord, id, $"{id}: {told.Unclear}", payload, told.UpdatedAt);
        }

        if (told.Status != OrderStatus.Unclear)
        {
            return true;
        }

        Ask(id);
        return source?.Kind == ExecutionReportKind.Trade;
    }

    private static bool IsAnother(Order order, VenueOrder told) =>
        told.ClientOrderId != order.Name || (told.Status != OrderStatus.Filled && told.QuantityToFill != order.Quantity);

    /// <summary>Within one instant more executed is later, and an amendment only takes away.</summary>
    private static bool IsNewer(Order order, VenueOrder told) =>
        told.UpdatedAt > order.VenueTime
        || (told.UpdatedAt == order.VenueTime && (told.QuantityToFill < order.Quantity
            ? told.ExecutedQuantity >= order.FilledQuantity
            : told.ExecutedQuantity > order.Quantity));
}
