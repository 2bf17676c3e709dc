using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution.Live;

/// <summary>Compares our orders with the venue's records and corrects ours.</summary>
public sealed partial class LiveExecution
{
    /// <summary>
    /// Consecutive comparisons without a record of an order that the venue had accepted, after which the order has ended.
    /// </summary>
    public const int AbsencesMax = 4;

    /// <summary>First venue trade that a comparison must read.</summary>
    public long NextTradeId => (_trades.ReadTo ?? 0) + 1;

    /// <summary>Starts the books at the venue's current state: earlier trades are part of the opening balances.</summary>
    public void OpenAt(long lastTradeId)
    {
        if (_trades.ReadTo is null)
        {
            _trades.OpenAt(lastTradeId);
            _lastFillNumber = Math.Max(_lastFillNumber, lastTradeId);
            Version++;
        }
    }

    /// <summary>Orders to query at the venue: open ones that it did not list as open, and uncertain ones.</summary>
    public IReadOnlyList<OrderQuestion> OrdersToAskFor(ImmutableArray<VenueOrder> openAtVenue)
    {
        var ids = openAtVenue.Select(order => order.VenueOrderId).ToHashSet(StringComparer.Ordinal);
        var found = openAtVenue.Select(Awaited).OfType<Order>().Select(order => order.Intent.ClientOrderId).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. _book.OldestFirst
                .Where(order => order.IsOpen || _asked.Contains(order.Intent.ClientOrderId))
                .Where(order => order.VenueOrderId is { } id ? !ids.Contains(id) : !found.Contains(order.Intent.ClientOrderId))
                .Select(order => new OrderQuestion(order.Intent.ClientOrderId, order.Name, order.VenueOrderId)),
        ];
    }

    /// <summary>
    /// Orders of listed trades that are not in memory: read their details before <see cref="Reconcile"/>.
    /// </summary>
    /// <returns>The venue's ids.</returns>
    public IReadOnlyList<string> UnknownOrdersOf(ImmutableArray<VenueFill> trades, ImmutableArray<VenueOrder> reported)
    {
        var known = reported.Select(order => order.VenueOrderId).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. trades.Where(trade => _book.AtVenue(trade.VenueOrderId) is null && !known.Contains(trade.VenueOrderId) && !_trades.Has(Name(trade)))
                .Select(trade => trade.VenueOrderId).Distinct(),
        ];
    }

    /// <summary>
    /// Unknown orders that may be ours under another client order id, amended before we saw them at the venue: read their
    /// first client order ids before <see cref="Reconcile"/>.
    /// </summary>
    /// <returns>The venue's ids.</returns>
    public IReadOnlyList<string> OrdersToTrace(ImmutableArray<VenueOrder> reported)
    {
        var found = reported.Select(Awaited).OfType<Order>().Select(order => order.Intent.ClientOrderId).ToHashSet(StringComparer.Ordinal);
        var missing = OpenOrders.Where(order => order.VenueOrderId is null && !found.Contains(order.Intent.ClientOrderId)).ToList();
        return
        [
            .. reported.Where(order => _book.AtVenue(order.VenueOrderId) is null && Awaited(order) is null && missing.Any(one => CanBe(one, order)))
                .Select(order => order.VenueOrderId).Distinct(),
        ];
    }

    /// <summary>
    /// Orders with more executed than counted and listed: read all their trades before <see cref="Reconcile"/>.
    /// </summary>
    /// <returns>The venue's ids.</returns>
    public IReadOnlyList<string> OrdersShortOf(ImmutableArray<VenueFill> trades, ImmutableArray<VenueOrder> reported)
    {
        var listed = trades.ToLookup(trade => trade.VenueOrderId, StringComparer.Ordinal);
        return [.. reported.Where(IsShort).Select(order => order.VenueOrderId).Distinct()];

        bool IsShort(VenueOrder order)
        {
            var ours = _book.AtVenue(order.VenueOrderId) ?? Awaited(order);
            var uncounted = listed[order.VenueOrderId].Where(trade => ours is null ? !_trades.Has(Name(trade)) : !IsCounted(ours, Name(trade)));
            return order.ExecutedQuantity.ToDecimal() > (ours?.FilledQuantity.ToDecimal() ?? 0) + uncounted.Sum(trade => trade.Quantity.ToDecimal());
        }
    }

    /// <summary>True when the list has an uncounted trade: it arrived after the last comparison.</summary>
    public bool HasUncounted(ImmutableArray<VenueFill> trades) => trades.Any(trade =>
        _book.AtVenue(trade.VenueOrderId) is { } order ? !IsCounted(order, Name(trade)) : !_trades.Has(Name(trade)));

    /// <summary>Corrects our orders by the venue's records.</summary>
    /// <param name="view">Current records: orders read first, then trades.</param>
    /// <param name="requestLifetime">Time after which a request that has not arrived never will.</param>
    /// <returns>True when nothing remains uncertain.</returns>
    public bool Reconcile(VenueView view, TimeSpan requestLifetime)
    {
        var asked = view.Asked.Where(answer => _book.Find(answer.Key) is not null).ToList();
        var reported = view.OpenOrders.Concat(asked.Select(answer => answer.Value).OfType<VenueOrder>())
            .Where(order => order.Instrument == _rules.Instrument)
            .GroupBy(order => order.VenueOrderId, StringComparer.Ordinal).Select(records => records.MaxBy(order => order.UpdatedAt)!)
            .OrderBy(order => order.VenueOrderId.Length).ThenBy(order => order.VenueOrderId, StringComparer.Ordinal) // Of two with the same client order id, the earlier is ours.
            .ToList();
        var askedByName = asked.Where(answer => _book.Find(answer.Key)!.VenueOrderId is null).Select(answer => answer.Key).ToHashSet(StringComparer.Ordinal);
        (_contradictedBefore, _contradicted) = (_contradicted, new Dictionary<string, Contradiction>(StringComparer.Ordinal));
        _hasUntraced = false;
        var met = reported.Select(order => (Id: Meet(order), Order: order)).ToList();
        CountTrades(view);
        foreach (var (id, order) in met.Where(m => m.Id is not null))
        {
            Settle(_book.Find(id!)!, order);
        }

        foreach (var (id, answer) in asked)
        {
            var order = _book.Find(id)!;
            if (answer is null || order.VenueOrderId is null)
            {
                Miss(order, view.AskedAt, requestLifetime); // No order, or another program's order with our client order id.
            }
            else if (!askedByName.Contains(id) && _book.AtVenue(answer.VenueOrderId)?.Intent.ClientOrderId is { } other && other != id)
            {
                Raise(DoubtKind.Contradiction, id, $"asked for {id} the venue answers with {answer.VenueOrderId}, which is {other}", answer.Payload ?? answer.ToString(), answer.UpdatedAt);
                Ask(id);
            }
        }

        return !HasQuestions;
    }

    /// <summary>Handles a record of the venue, which implies that the order was accepted.</summary>
    /// <returns>Our id of the order; null when the record is not credible.</returns>
    private string? Meet(VenueOrder reported)
    {
        var order = _book.AtVenue(reported.VenueOrderId) ?? Awaited(reported) ?? Adopt(reported);
        var id = order.Intent.ClientOrderId;
        if (order.VenueOrderId is null && order.IsOpen)
        {
            Correct(CorrectionKind.FoundAccepted, id,
                Text($"{id} was taken by the venue as {reported.VenueOrderId}, though no answer said so"), reported.UpdatedAt);
            if (order.Status == OrderStatus.Submitted)
            {
                Change(order, OrderLifecycle.Correct(order, OrderStatus.Accepted, reported.VenueOrderId, reported.UpdatedAt, "found at the venue"));
                order = _book.Find(id)!;
            }
        }

        return Learn(order, reported, source: null) ? id : null;
    }

    private void CountTrades(VenueView view)
    {
        _hasUnknownTrades = false;
        var trades = view.Trades.OrderBy(trade => trade.TradeId).DistinctBy(trade => trade.TradeId).ToList();
        foreach (var trade in trades)
        {
            CountTrade(trade);
        }

        if (_trades.MoveOn(trades, view.AskedAt))
        {
            Version++;
        }
    }

    private void CountTrade(VenueFill trade)
    {
        if (_book.AtVenue(trade.VenueOrderId) is not { } order)
        {
            if (!_trades.Has(Name(trade)))
            {
                Raise(DoubtKind.UnknownOrder, trade.VenueOrderId, Text($"trade {trade.TradeId} is of the unknown venue order {trade.VenueOrderId}"), trade.ToString(), trade.EventTime);
                _hasUnknownTrades = true; // Not counted: the next comparison reads it again.
            }

            return;
        }

        var id = order.Intent.ClientOrderId;
        var isCounted = IsCounted(order, Name(trade));
        if (order.TradeIds.Contains(Name(trade)))
        {
            return;
        }

        if (trade.Quantity.IsZero || trade.Price.Units <= 0 || trade.TradeId < 0
            || trade.Quantity.Units > long.MaxValue - order.FilledQuantity.Units)
        {
            Raise(DoubtKind.Contradiction, id, Text($"trade {trade.TradeId} of {trade.Quantity} at {trade.Price} in the venue's list cannot be"), trade.ToString(), trade.EventTime);
            Ask(id);
            return;
        }

        var fill = FillOf(trade, id);
        if (isCounted)
        {
            // Booked before the order was adopted: part of its executed quantity, and of the balances.
            Change(order, OrderLifecycle.CountProven(order, fill));
            return;
        }

        if (fill.Fee != 0 && fill.FeeAsset.Length == 0)
        {
            Raise(DoubtKind.NoFeeAsset, id, Text($"trade {trade.TradeId} of {id} has a fee of {trade.Fee} in no asset: booked without it"), trade.ToString(), trade.EventTime);
            fill = fill with { Fee = 0 };
        }

        if (fill.Side != order.Intent.Side)
        {
            Raise(DoubtKind.Contradiction, id, Text($"trade {trade.TradeId} in the venue's list is a {trade.Side} of {order.Intent.Side} {id}: booked as listed"), trade.ToString(), trade.EventTime);
        }

        Correct(CorrectionKind.MissedFill, Name(trade),
            Text($"{trade.TradeId}: {trade.Side} {trade.Quantity} at {trade.Price} of {id} was read from the venue's trades"), trade.EventTime);
        Book(order, fill, reported: null, trade.VenueOrderId);
    }

    private Fill FillOf(VenueFill trade, string id) => new()
    {
        TradeId = Name(trade),
        ClientOrderId = id,
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

    /// <param name="Times">Consecutive comparisons in which the venue's record did not fit.</param>
    /// <param name="CountedBefore">Quantity counted of the order at the last of them; zero at the first.</param>
    private readonly record struct Contradiction(int Times, Quantity CountedBefore);
}
