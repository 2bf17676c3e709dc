using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution.Live;

/// <summary>Comparing what we believe with what the venue has on record, and setting ours right.</summary>
public sealed partial class LiveExecution
{
    /// <summary>First venue trade that a comparison has to read.</summary>
    public long NextTradeId => (_tradesReadTo ?? 0) + 1;

    /// <summary>Starts the books at the venue's present: earlier trades are in the opening balances.</summary>
    public void OpenAt(long lastTradeId)
    {
        if (_tradesReadTo is null)
        {
            _tradesReadTo = lastTradeId;
            Version++;
        }
    }

    /// <summary>Orders to ask the venue about by name: those it did not list as open and that we believe to be, or are unsure of.</summary>
    public IReadOnlyList<string> OrdersToAskFor(ImmutableArray<VenueOrder> openAtVenue)
    {
        var listed = openAtVenue.Select(order => order.ClientOrderId).ToHashSet(StringComparer.Ordinal);
        return [.. _oldestFirst.Where(id => _orders[id].IsOpen && !listed.Contains(id))];
    }

    /// <summary>Sets ours right by the venue's records.</summary>
    /// <param name="view">Read just now: orders first, then trades.</param>
    /// <param name="requestLifetime">After which a request that has not arrived never will.</param>
    /// <returns>True when nothing is left open to doubt.</returns>
    public bool Reconcile(VenueView view, TimeSpan requestLifetime)
    {
        var byVenueId = _oldestFirst.Select(id => _orders[id]).Where(order => order.VenueOrderId is not null)
            .ToDictionary(order => order.VenueOrderId!, order => order.Intent.ClientOrderId, StringComparer.Ordinal);
        var told = view.OpenOrders.Concat(view.Asked.Values.OfType<VenueOrder>()).ToList();
        foreach (var order in told)
        {
            byVenueId[order.VenueOrderId] = order.ClientOrderId;
            Meet(order);
        }

        CountTrades(view.Trades, byVenueId);
        foreach (var order in told)
        {
            Settle(order);
        }

        foreach (var (id, order) in view.Asked)
        {
            if (order is null)
            {
                Miss(id, view.AskedAt, requestLifetime);
            }
        }

        return !HasQuestions;
    }

    /// <summary>The trades named orders that are not remembered: their details have to be read before <see cref="Reconcile"/>.</summary>
    public IReadOnlyList<string> UnknownOrdersOf(ImmutableArray<VenueFill> trades, ImmutableArray<VenueOrder> told)
    {
        var known = _orders.Values.Select(order => order.VenueOrderId).OfType<string>()
            .Concat(told.Select(order => order.VenueOrderId)).ToHashSet(StringComparer.Ordinal);
        return [.. trades.Where(trade => !IsCounted(Name(trade))).Select(trade => trade.VenueOrderId)
            .Where(id => !known.Contains(id)).Distinct()];
    }

    /// <summary>The venue has it: so it was accepted.</summary>
    private void Meet(VenueOrder told)
    {
        if (!_orders.TryGetValue(told.ClientOrderId, out var order))
        {
            Adopt(told);
            return;
        }

        if (order.VenueOrderId is null && order.IsOpen)
        {
            Correct(CorrectionKind.FoundAccepted, told.ClientOrderId,
                Text($"{told.ClientOrderId} was taken by the venue as {told.VenueOrderId}, though no answer said so"), told.UpdatedAt);
            Change(order, order.Status == OrderStatus.Submitted
                ? OrderLifecycle.Correct(order, OrderStatus.Accepted, told.VenueOrderId, told.UpdatedAt, "found at the venue")
                : order with { VenueOrderId = told.VenueOrderId });
        }
    }

    private void CountTrades(ImmutableArray<VenueFill> trades, Dictionary<string, string> byVenueId)
    {
        foreach (var trade in trades)
        {
            if (IsCounted(Name(trade)))
            {
                continue;
            }

            if (!byVenueId.TryGetValue(trade.VenueOrderId, out var clientOrderId))
            {
                Anomaly(Text($"trade {trade.TradeId} is of the unknown venue order {trade.VenueOrderId}"));
                return; // Not counted: the next comparison reads it again.
            }

            Correct(CorrectionKind.MissedFill, Name(trade),
                Text($"{trade.TradeId}: {trade.Side} {trade.Quantity} at {trade.Price} of {clientOrderId} was read from the venue's trades"),
                trade.EventTime);
            Book(_orders[clientOrderId], FillOf(trade, clientOrderId), trade.VenueOrderId);
        }

        if (trades.Length > 0 && (_tradesReadTo is not { } to || trades[^1].TradeId > to))
        {
            _tradesReadTo = trades[^1].TradeId;
            _tradesSeen = _tradesSeen.Except(_tradesSeen.Where(id => id <= _tradesReadTo));
            Version++;
        }
    }

    /// <summary>Ends and doubts, once all fills are counted. Older word than ours changes nothing.</summary>
    private void Settle(VenueOrder told)
    {
        var order = _orders[told.ClientOrderId];
        if (told.ExecutedQuantity > order.FilledQuantity)
        {
            return; // Its trades were not yet listed: asked again.
        }

        _held.Remove(told.ClientOrderId);
        if (told.IsOpen)
        {
            // One being cancelled stays in doubt until its end: the host sends the cancel again.
            if (told.ExecutedQuantity == order.FilledQuantity && order.Status != OrderStatus.PendingCancel)
            {
                Answered(told.ClientOrderId);
            }

            return;
        }

        if (order.IsOpen)
        {
            if (told.Status != OrderStatus.Filled || order.RemainingQuantity.IsZero)
            {
                Correct(CorrectionKind.MissedEnd, told.ClientOrderId,
                    Text($"{told.ClientOrderId} had ended as {told.Status} at the venue while we had it as {order.Status}"), told.UpdatedAt);
                Change(order, OrderLifecycle.Correct(
                    order, told.Status, told.VenueOrderId, told.UpdatedAt, told.Reason ?? order.Reason ?? "ended at the venue"));
            }
        }
    }

    private void Miss(string clientOrderId, Timestamp askedAt, TimeSpan requestLifetime)
    {
        var order = _orders[clientOrderId];
        if (!order.IsOpen || order.VenueOrderId is not null)
        {
            return; // The venue has said it took it: an old picture of its records.
        }

        var sent = _sentAt.GetValueOrDefault(clientOrderId, order.UpdatedAt);
        if (askedAt - sent > requestLifetime)
        {
            Correct(CorrectionKind.NeverArrived, clientOrderId,
                Text($"{clientOrderId} was sent {(askedAt - sent).TotalSeconds:0.0} s ago and is not at the venue"), askedAt);
            Change(order, OrderLifecycle.Correct(
                order, OrderStatus.Rejected, null, askedAt, "NEVER_ARRIVED: the venue has no such order"));
        }
    }

    private Fill FillOf(VenueFill trade, string clientOrderId) => new()
    {
        TradeId = Name(trade),
        ClientOrderId = clientOrderId,
        Portfolio = _portfolio,
        Instrument = _rules.Instrument,
        Side = trade.Side,
        Price = trade.Price,
        Quantity = trade.Quantity,
        Fee = trade.Fee,
        FeeAsset = trade.FeeAsset,
        IsMaker = trade.IsMaker,
        EventTime = trade.EventTime,
    };

    private static string Name(VenueFill trade) => trade.TradeId.ToString(CultureInfo.InvariantCulture);
}
