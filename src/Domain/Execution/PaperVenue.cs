using BtcAgent.Domain.Books;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution;

/// <summary>
/// Matches paper orders against recorded liquidity in event time. An order meets the book as it was when the order arrived;
/// its own trades do not move the recorded market. An order that arrives while the book is unknown waits for it. Reports
/// are available at once: only the way to the venue takes time.
/// </summary>
internal sealed class PaperVenue(
    TradingRules rules, PaperOptions options, OrderBook book, Action<ExecutionReport> report)
{
    private readonly PaperLiquidity _liquidity = new(book, rules, options.ParticipationLimit);
    private readonly List<Arrival> _arrivals = [];
    private readonly List<RestingOrder> _resting = [];
    private Timestamp _now;
    private bool _clockRuns;

    /// <param name="order">The order, whose remaining quantity is worked.</param>
    /// <param name="sentAt">Event time of sending; unknown to count from the next event.</param>
    public void Send(Order order, Timestamp sentAt) => Travel(new Arrival(order, IsCancel: false, null), sentAt);

    public void SendCancel(Order order, Timestamp sentAt, string? reason) =>
        Travel(new Arrival(order, IsCancel: true, reason), sentAt);

    /// <summary>Cancels without latency, for a halt: the cancel does not wait for the market's next event.</summary>
    public void CancelNow(Order order, string? reason) => Cancel(new Arrival(order, IsCancel: true, reason), _now);

    /// <summary>Restores an order that rested before a restart, at the back of the queue of the next book.</summary>
    public void Rest(Order order) =>
        _resting.Add(new RestingOrder(order.Intent, order.RemainingQuantity, order.FillCount));

    /// <summary>Continues after a restart; orders in flight wait for the first event with a time.</summary>
    public void Restore(Timestamp now) => _now = now;

    /// <summary>
    /// Called before an event is applied: matches what has arrived by its time against the book before it.
    /// </summary>
    /// <param name="eventTime">Time of the event; unknown or earlier times leave the clock unchanged.</param>
    /// <param name="bookInSync">False holds orders back.</param>
    public void Advance(Timestamp eventTime, bool bookInSync)
    {
        // The first event after a restart may be earlier than the last one before it: the clock was ahead and was
        // corrected.
        var starts = !_clockRuns && eventTime.IsKnown;
        var before = starts && eventTime < _now ? eventTime : _now;
        _clockRuns |= eventTime.IsKnown;
        _now = starts || eventTime > _now ? eventTime : _now;
        while (_arrivals.Count > 0 && TakeNext(bookInSync) is { } arrival)
        {
            var arrivedAt = arrival.At > before ? arrival.At : before;
            if (arrival.IsCancel)
            {
                Cancel(arrival, arrivedAt);
            }
            else
            {
                Arrive(arrival.Order, arrivedAt);
            }
        }
    }

    public void OnTrade(in MarketEvent trade)
    {
        var left = trade.Quantity;
        for (var i = 0; i < _resting.Count && !left.IsZero; i++)
        {
            var order = _resting[i];
            if (order.Side != trade.Aggressor
                && (order.Side == Side.Buy ? trade.Price <= order.Limit : trade.Price >= order.Limit))
            {
                var reached = order.Traded(trade.Price, left);
                left -= reached;
                FillResting(order, reached);
            }
        }

        RemoveFilled();
    }

    /// <summary>Called after a delta has changed the book.</summary>
    public void OnLevels(in MarketEvent delta, ReadOnlySpan<PriceLevel> levels)
    {
        for (var i = 0; i < levels.Length; i++)
        {
            var side = i < delta.BidCount ? Side.Buy : Side.Sell;
            _liquidity.Changed(side, levels[i].Price);
            foreach (var order in _resting)
            {
                if (order.Side == side && order.Limit == levels[i].Price)
                {
                    order.LevelChanged(levels[i].Quantity);
                }
            }
        }

        FillCrossed();
    }

    /// <summary>Called after a snapshot: resting orders move to the back of the queue.</summary>
    public void OnNewBook()
    {
        _liquidity.Forget();
        foreach (var order in _resting)
        {
            order.JoinBack(book);
        }

        FillCrossed();
    }

    public void OnBookLost()
    {
        _liquidity.Forget();
        foreach (var order in _resting)
        {
            order.LosePlace();
        }
    }

    private void Travel(Arrival arrival, Timestamp sentAt)
    {
        var latency = PaperLatency.Of(options, arrival.Order.Intent.ClientOrderId, arrival.IsCancel);
        arrival.Latency = latency;
        arrival.At = sentAt.IsKnown ? sentAt + latency : Timestamp.Unknown;
        _arrivals.Add(arrival);
    }

    private Arrival? TakeNext(bool bookInSync)
    {
        Arrival? next = null;
        foreach (var arrival in _arrivals)
        {
            if (!arrival.At.IsKnown && _clockRuns)
            {
                arrival.At = _now + arrival.Latency;
            }

            if (arrival.At.IsKnown && arrival.At <= _now && (bookInSync || arrival.IsCancel)
                && (next is null || arrival.At < next.At))
            {
                next = arrival;
            }
        }

        if (next is not null)
        {
            _arrivals.Remove(next);
        }

        return next;
    }

    private void Cancel(Arrival cancel, Timestamp eventTime)
    {
        var id = cancel.Order.Intent.ClientOrderId;
        var canceled = _resting.RemoveAll(order => order.Intent.ClientOrderId == id)
            + _arrivals.RemoveAll(arrival => !arrival.IsCancel && arrival.Order.Intent.ClientOrderId == id);
        var kind = canceled > 0 ? ExecutionReportKind.Canceled : ExecutionReportKind.CancelRejected;
        Report(id, kind, eventTime, cancel.Reason);
    }

    private void Arrive(Order order, Timestamp eventTime)
    {
        var intent = order.Intent;
        var refusal = PaperOrderRules.Refusal(intent, rules, book.Top)
            ?? (intent.Type == OrderType.LimitMaker && Crosses(intent)
                ? "WOULD_TAKE: a limit maker order would take liquidity" : null);
        if (refusal is not null)
        {
            Report(intent.ClientOrderId, ExecutionReportKind.Rejected, eventTime, refusal);
            return;
        }

        Report(intent.ClientOrderId, ExecutionReportKind.Accepted, eventTime, null);
        var working = new RestingOrder(intent, order.RemainingQuantity, order.FillCount);
        if (intent.TimeInForce == TimeInForce.FillOrKill
            && !_liquidity.Offers(intent.Side, intent.LimitPrice, working.Remaining))
        {
            Report(intent.ClientOrderId, ExecutionReportKind.Expired, eventTime,
                "FILL_OR_KILL: the book offers less than the whole");
            return;
        }

        Take(working, intent.LimitPrice, isMaker: false, eventTime);
        if (working.Remaining.IsZero)
        {
            return;
        }

        if (intent.Type == OrderType.Market || intent.TimeInForce != TimeInForce.GoodTillCanceled)
        {
            Report(intent.ClientOrderId, ExecutionReportKind.Expired, eventTime,
                $"NO_LIQUIDITY: {working.Remaining} found no match in the known book");
            return;
        }

        working.JoinBack(book);
        _resting.Add(working);
    }

    private bool Crosses(OrderIntent intent)
    {
        var depth = 0;
        return _liquidity.Best(intent.Side, intent.LimitPrice, ref depth) is not null;
    }

    private void Take(RestingOrder order, Price? limit, bool isMaker, Timestamp eventTime)
    {
        for (var depth = 0; !order.Remaining.IsZero && _liquidity.Best(order.Side, limit, ref depth) is { } level;)
        {
            var quantity = Quantity.Min(order.Remaining, level.Available);
            _liquidity.Consume(order.Side, level.Price, quantity);
            Fill(order, isMaker ? order.Limit : level.Price, quantity, isMaker, eventTime);
        }
    }

    /// <summary>
    /// Fills resting orders whose price the other side has reached: that quote would have traded with them.
    /// </summary>
    private void FillCrossed()
    {
        foreach (var order in _resting)
        {
            Take(order, order.Limit, isMaker: true, _now);
        }

        RemoveFilled();
    }

    private void FillResting(RestingOrder order, Quantity quantity)
    {
        if (!quantity.IsZero)
        {
            Fill(order, order.Limit, quantity, isMaker: true, _now);
        }
    }

    private void RemoveFilled()
    {
        for (var i = _resting.Count - 1; i >= 0; i--)
        {
            if (_resting[i].Remaining.IsZero)
            {
                _resting.RemoveAt(i);
            }
        }
    }

    private void Fill(RestingOrder order, Price price, Quantity quantity, bool isMaker, Timestamp eventTime)
    {
        order.Filled(quantity);
        var received = options.FeeAsset == PaperFeeAsset.Received && order.Side == Side.Buy;
        var rate = (isMaker ? options.MakerFeeBps : options.TakerFeeBps) / 10_000;
        report(new ExecutionReport
        {
            ClientOrderId = order.Intent.ClientOrderId,
            Kind = ExecutionReportKind.Trade,
            EventTime = eventTime,
            Fill = new Fill
            {
                TradeId = $"paper-{order.Intent.ClientOrderId}-{order.FillCount}",
                ClientOrderId = order.Intent.ClientOrderId,
                Portfolio = order.Intent.Portfolio,
                Instrument = order.Intent.Instrument,
                Side = order.Side,
                Price = price,
                Quantity = quantity,
                Fee = RoundUpFee(rate * (received ? quantity.ToDecimal() : price.Times(quantity))),
                FeeAsset = received ? rules.BaseAsset : rules.QuoteAsset,
                IsMaker = isMaker,
                EventTime = eventTime,
            },
        });
    }

    /// <summary>Rounds to 1e-8 of the asset, in the venue's favour.</summary>
    private static decimal RoundUpFee(decimal fee) => decimal.Round(fee, 8, MidpointRounding.ToPositiveInfinity);

    private void Report(string clientOrderId, ExecutionReportKind kind, Timestamp eventTime, string? reason) =>
        report(new ExecutionReport
        {
            ClientOrderId = clientOrderId,
            Kind = kind,
            EventTime = eventTime,
            VenueOrderId = $"paper-{clientOrderId}",
            Reason = reason,
        });

    private sealed record Arrival(Order Order, bool IsCancel, string? Reason)
    {
        public TimeSpan Latency { get; set; }

        public Timestamp At { get; set; }
    }
}
