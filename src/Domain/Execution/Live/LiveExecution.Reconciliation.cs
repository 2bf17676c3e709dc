using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution.Live;

/// <summary>Comparing what we believe with what the venue has on record, and setting ours right.</summary>
public sealed partial class LiveExecution
{
    /// <summary>Comparisons in a row that have no record of an order the venue had taken, after which it has ended.</summary>
    public const int AbsencesMax = 4;

    /// <summary>First venue trade that a comparison has to read.</summary>
    public long NextTradeId => (_trades.ReadTo ?? 0) + 1;

    /// <summary>Starts the books at the venue's present: earlier trades are in the opening balances.</summary>
    public void OpenAt(long lastTradeId)
    {
        if (_trades.ReadTo is null)
        {
            _trades.OpenAt(lastTradeId);
            _lastFillNumber = Math.Max(_lastFillNumber, lastTradeId);
            Version++;
        }
    }

    /// <summary>Orders to ask the venue about: open ones that it did not list as such, and those in question.</summary>
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

    /// <summary>The trades are of orders that are not remembered: their details have to be read before <see cref="Reconcile"/>.</summary>
    /// <returns>The venue's ids.</returns>
    public IReadOnlyList<string> UnknownOrdersOf(ImmutableArray<VenueFill> trades, ImmutableArray<VenueOrder> told)
    {
        var known = told.Select(order => order.VenueOrderId).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. trades.Where(trade => _book.AtVenue(trade.VenueOrderId) is null && !known.Contains(trade.VenueOrderId) && !_trades.Has(Name(trade)))
                .Select(trade => trade.VenueOrderId).Distinct(),
        ];
    }

    /// <summary>
    /// Orders of which nobody knows anything, and that may be ours under another name: amended before we saw them at the venue.
    /// Their first names have to be read before <see cref="Reconcile"/>.
    /// </summary>
    /// <returns>The venue's ids.</returns>
    public IReadOnlyList<string> OrdersToTrace(ImmutableArray<VenueOrder> told)
    {
        var found = told.Select(Awaited).OfType<Order>().Select(order => order.Intent.ClientOrderId).ToHashSet(StringComparer.Ordinal);
        var missing = OpenOrders.Where(order => order.VenueOrderId is null && !found.Contains(order.Intent.ClientOrderId)).ToList();
        return
        [
            .. told.Where(order => _book.AtVenue(order.VenueOrderId) is null && Awaited(order) is null && missing.Any(one => CanBe(one, order)))
                .Select(order => order.VenueOrderId).Distinct(),
        ];
    }

    /// <summary>Orders of which more was executed than is counted and listed: all their trades have to be read before <see cref="Reconcile"/>.</summary>
    /// <returns>The venue's ids.</returns>
    public IReadOnlyList<string> OrdersShortOf(ImmutableArray<VenueFill> trades, ImmutableArray<VenueOrder> told)
    {
        var listed = trades.ToLookup(trade => trade.VenueOrderId, StringComparer.Ordinal);
        return [.. told.Where(IsShort).Select(order => order.VenueOrderId).Distinct()];

        bool IsShort(VenueOrder order)
        {
            var ours = _book.AtVenue(order.VenueOrderId) ?? Awaited(order);
            var uncounted = listed[order.VenueOrderId].Where(trade => ours is null ? !_trades.Has(Name(trade)) : !IsCounted(ours, Name(trade)));
            return order.ExecutedQuantity.ToDecimal() > (ours?.FilledQuantity.ToDecimal() ?? 0) + uncounted.Sum(trade => trade.Quantity.ToDecimal());
        }
    }

    /// <summary>True when the list has a trade that is not counted: it came after the last comparison.</summary>
    public bool HasUncounted(ImmutableArray<VenueFill> trades) => trades.Any(trade =>
        _book.AtVenue(trade.VenueOrderId) is { } order ? !IsCounted(order, Name(trade)) : !_trades.Has(Name(trade)));

    /// <summary>Sets ours right by the venue's records.</summary>
    /// <param name="view">Read just now: orders first, then trades.</param>
    /// <param name="requestLifetime">After which a request that has not arrived never will.</param>
    /// <returns>True when nothing is left open to doubt.</returns>
    public bool Reconcile(VenueView view, TimeSpan requestLifetime)
    {
        var asked = view.Asked.Where(answer => _book.Find(answer.Key) is not null).ToList();
        var told = view.OpenOrders.Concat(asked.Select(answer => answer.Value).OfType<VenueOrder>())
            .Where(order => order.Instrument == _rules.Instrument)
            .GroupBy(order => order.VenueOrderId, StringComparer.Ordinal).Select(records => records.MaxBy(order => order.UpdatedAt)!)
            .OrderBy(order => order.VenueOrderId.Length).ThenBy(order => order.VenueOrderId, StringComparer.Ordinal) // Of two under one name the earlier is ours.
            .ToList();
        var askedByName = asked.Where(answer => _book.Find(answer.Key)!.VenueOrderId is null).Select(answer => answer.Key).ToHashSet(StringComparer.Ordinal);
        (_contradictedBefore, _contradicted) = (_contradicted, new Dictionary<string, Contradiction>(StringComparer.Ordinal));
        _hasUntraced = false;
        var met = told.Select(order => (Id: Meet(order), Order: order)).ToList();
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
                Miss(order, view.AskedAt, requestLifetime); // Nothing, or somebody else's order under our name.
            }
            else if (!askedByName.Contains(id) && _book.AtVenue(answer.VenueOrderId)?.Intent.ClientOrderId is { } other && other != id)
            {
                Raise(DoubtKind.Contradiction, id, $"asked for {id} the venue answers with {answer.VenueOrderId}, which is {other}", answer.Payload ?? answer.ToString(), answer.UpdatedAt);
                Ask(id);
            }
        }

        return !HasQuestions;
    }

    /// <summary>The venue has it: so it was accepted.</summary>
    /// <returns>Our id of it; null when the record cannot be believed.</returns>
    private string? Meet(VenueOrder told)
    {
        var order = _book.AtVenue(told.VenueOrderId) ?? Awaited(told) ?? Adopt(told);
        var id = order.Intent.ClientOrderId;
        if (order.VenueOrderId is null && order.IsOpen)
        {
            Correct(CorrectionKind.FoundAccepted, id,
                Text($"{id} was taken by the venue as {told.VenueOrderId}, though no answer said so"), told.UpdatedAt);
            if (order.Status == OrderStatus.Submitted)
            {
                Change(order, OrderLifecycle.Correct(order, OrderStatus.Accepted, told.VenueOrderId, told.UpdatedAt, "found at the venue"));
                order = _book.Find(id)!;
            }
        }

        return Learn(order, told, source: null) ? id : null;
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
            // Booked before the order was adopted: part of what it has executed, and of the balances.
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
        Book(order, fill, told: null, trade.VenueOrderId);
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

    /// <param name="Times">Comparisons in a row in which the venue's record did not fit.</param>
    /// <param name="CountedBefore">What was counted of the order at the last of them; zero at the first.</param>
    private readonly record struct Contradiction(int Times, Quantity CountedBefore);
}
