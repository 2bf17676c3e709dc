using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Domain.Execution.Live;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Orders;
using static BtcAgent.Domain.Tests.Orders.OrderFixture;

namespace BtcAgent.Domain.Tests.Execution.Live;

/// <summary>
/// A random venue: orders of the agent and of others are placed, amended, filled, decremented, expired and cancelled, and
/// each event is queued as a report. Its records are the truth.
/// </summary>
internal sealed class RandomVenue(Random random)
{
    private readonly List<VenueOrder> _records = [];
    private readonly List<VenueFill> _trades = [];
    private readonly HashSet<long> _notYetListed = [];
    private long _time = 1_000;
    private long _lastOrderId = 100;
    private long _lastTradeId = 500;
    private int _lastName;

    public List<ExecutionReport> OnTheWay { get; } = [];

    /// <summary>Orders as placed, by the venue's id.</summary>
    public Dictionary<string, string> FirstNames { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<VenueOrder> Records => _records;

    public IReadOnlyList<VenueFill> Trades => _trades;

    public long LastTradeId => _trades.Count == 0 ? 0 : _trades.Max(trade => trade.TradeId);

    /// <summary>Set by an overfill, after which the venue contradicts itself.</summary>
    public bool IsOverfilled { get; private set; }

    public void Place(string name, Side side, Quantity quantity)
    {
        var order = new VenueOrder
        {
            ClientOrderId = name,
            VenueOrderId = (++_lastOrderId).ToString(CultureInfo.InvariantCulture),
            Instrument = Btc,
            Side = side,
            Type = OrderType.Limit,
            TimeInForce = TimeInForce.GoodTillCanceled,
            Quantity = quantity,
            LimitPrice = Price.Parse("100"),
            Status = OrderStatus.Accepted,
            ExecutedQuantity = Quantity.Zero,
            UpdatedAt = Now(),
        };
        _records.Add(order);
        FirstNames[order.VenueOrderId] = name;
        Report(order, ExecutionReportKind.Accepted);
    }

    /// <summary>Places another client's order, sometimes under the client order id of an ended order.</summary>
    public void PlaceForeign(bool isLegal)
    {
        // No one guesses an id of the agent by chance: they are hashes.
        var free = _records.Where(order => !order.IsOpen && !(isLegal && order.ClientOrderId.StartsWith("ba-", StringComparison.Ordinal))).Select(order => order.ClientOrderId)
            .Except(_records.Where(order => order.IsOpen).Select(order => order.ClientOrderId)).ToList();
        var name = free.Count > 0 && random.Next(3) == 0 ? free[random.Next(free.Count)] : $"web_{++_lastName}";
        Place(name, random.Next(2) == 0 ? Side.Buy : Side.Sell, Quantity.FromUnits(random.Next(2, 20) * 10_000_000L));
    }

    /// <summary>Applies one random event to an open order.</summary>
    /// <param name="isLegal">False lets the venue fill more than was ordered.</param>
    public void Happen(bool isLegal)
    {
        var open = _records.Where(order => order.IsOpen).ToList();
        if (open.Count == 0)
        {
            return;
        }

        var order = open[random.Next(open.Count)];
        var left = order.QuantityToFill.Units - order.ExecutedQuantity.Units;
        switch (random.Next(isLegal ? 10 : 11))
        {
            case 0 or 1 or 2 or 3:
                Fill(order, random.Next(2) == 0 ? left : Math.Max(1, left / random.Next(2, 5)));
                break;
            case 4 when left > 1:
                Amend(order, left / 2, random.Next(2) == 0 ? order.ClientOrderId : $"x{++_lastName}");
                break;
            case 5 when left > 1:
                Prevent(order, left / 3);
                break;
            case 6:
                Prevent(order, left);
                break;
            case 7:
                End(order, OrderStatus.Expired, ExecutionReportKind.Expired);
                break;
            case 8:
                End(order, OrderStatus.Canceled, ExecutionReportKind.Canceled);
                Place(random.Next(2) == 0 ? order.ClientOrderId : $"r{++_lastName}", order.Side, order.Quantity);
                break;
            case 9:
                End(order, OrderStatus.Canceled, ExecutionReportKind.Canceled);
                break;
            case 10:
                IsOverfilled = true;
                Fill(order, left + 1 + random.Next(1_000_000));
                break;
        }
    }

    public VenueOrder? Cancel(OrderQuestion order)
    {
        if (Find(order) is { IsOpen: true } open)
        {
            End(open, OrderStatus.Canceled, ExecutionReportKind.Canceled);
        }

        return Find(order);
    }

    /// <summary>Finds by the venue's id, or the latest order with a client order id.</summary>
    public VenueOrder? Find(OrderQuestion question) => question.VenueOrderId is { } id
        ? _records.FirstOrDefault(order => order.VenueOrderId == id)
        : _records.LastOrDefault(order => order.ClientOrderId == question.Name);

    public void ListAll() => _notYetListed.Clear();

    /// <summary>Reads the records that the execution's questions require.</summary>
    public VenueView Look(LiveExecution execution, Timestamp askedAt)
    {
        ImmutableArray<VenueOrder> open = [.. _records.Where(order => order.IsOpen)];
        var asked = execution.OrdersToAskFor(open).ToImmutableDictionary(question => question.Id, Find);
        ImmutableArray<VenueFill> listed =
            [.. _trades.Where(trade => trade.TradeId >= execution.NextTradeId && !_notYetListed.Contains(trade.TradeId))];
        var reported = open.AddRange(asked.Values.OfType<VenueOrder>());
        var found = execution.UnknownOrdersOf(listed, reported).Select(id => Find(new OrderQuestion("", "", id))).OfType<VenueOrder>().ToList();
        reported = reported.AddRange(found);
        var traced = execution.OrdersToTrace(reported).ToHashSet(StringComparer.Ordinal);
        (open, reported, found) = ([.. open.Select(Trace)], [.. reported.Select(Trace)], [.. found.Select(Trace)]);
        foreach (var id in execution.OrdersShortOf(listed, reported))
        {
            listed = listed.AddRange(_trades.Where(trade => trade.VenueOrderId == id && !_notYetListed.Contains(trade.TradeId)));
        }

        return new VenueView(askedAt, [.. open, .. found], asked, listed);

        VenueOrder Trace(VenueOrder order) => traced.Contains(order.VenueOrderId) && FirstNames[order.VenueOrderId] is var name && name != order.ClientOrderId
            ? order with { FormerClientOrderId = name } : order;
    }

    private void Fill(VenueOrder order, long units)
    {
        var trade = new VenueFill
        {
            TradeId = _lastTradeId += random.Next(1, 50),
            VenueOrderId = order.VenueOrderId,
            Side = order.Side,
            Price = Price.Parse("100"),
            Quantity = Quantity.FromUnits(units),
            Fee = 0.01m,
            FeeAsset = "USDT",
            IsMaker = true,
            EventTime = Now(),
        };
        _trades.Add(trade);
        if (random.Next(4) == 0)
        {
            _notYetListed.Add(trade.TradeId);
        }

        var executed = order.ExecutedQuantity + trade.Quantity;
        var after = Record(order with
        {
            ExecutedQuantity = executed,
            Status = executed >= order.QuantityToFill ? OrderStatus.Filled : OrderStatus.PartiallyFilled,
            UpdatedAt = trade.EventTime,
        });
        Report(after, ExecutionReportKind.Trade, FillOf(
            trade.TradeId.ToString(CultureInfo.InvariantCulture), trade.Quantity.ToString(), side: order.Side, order: order.ClientOrderId, fee: 0.01m)
            with
        { EventTime = trade.EventTime });
    }

    private void Amend(VenueOrder order, long leftUnits, string name)
    {
        var after = Record(order with
        {
            Quantity = Quantity.FromUnits(order.ExecutedQuantity.Units + order.PreventedQuantity.Units + leftUnits),
            ClientOrderId = name,
            UpdatedAt = Now(),
        });
        Report(after with { FormerClientOrderId = order.ClientOrderId }, ExecutionReportKind.Amended);
    }

    /// <summary>Self-trade prevention removes part or all of the remainder.</summary>
    private void Prevent(VenueOrder order, long units)
    {
        var prevented = order with { PreventedQuantity = order.PreventedQuantity + Quantity.FromUnits(units), UpdatedAt = Now() };
        var isOver = prevented.QuantityToFill.Units == prevented.ExecutedQuantity.Units;
        var after = Record(isOver ? prevented with { Status = OrderStatus.Expired } : prevented);
        Report(after, isOver ? ExecutionReportKind.Expired : ExecutionReportKind.Amended);
    }

    private void End(VenueOrder order, OrderStatus status, ExecutionReportKind kind) =>
        Report(Record(order with { Status = status, UpdatedAt = Now() }), kind);

    private VenueOrder Record(VenueOrder order)
    {
        _records[_records.FindIndex(known => known.VenueOrderId == order.VenueOrderId)] = order;
        return order;
    }

    private void Report(VenueOrder order, ExecutionReportKind kind, Fill? fill = null) => OnTheWay.Add(new ExecutionReport
    {
        ClientOrderId = order.ClientOrderId,
        Kind = kind,
        EventTime = order.UpdatedAt,
        VenueOrderId = order.VenueOrderId,
        VenueOrder = order,
        Fill = fill,
    });

    /// <summary>Several things may happen within one instant.</summary>
    private Timestamp Now() => At(_time += random.Next(3));
}
