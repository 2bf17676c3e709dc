using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Domain;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Grains.Tests.Execution;

/// <summary>A venue whose records a test writes; it answers queries from them.</summary>
internal sealed class ScriptedVenue : IExecutionVenue
{
    private readonly Lock _lock = new();
    private readonly List<VenueOrder> _orders = [];
    private readonly List<VenueFill> _trades = [];
    private readonly SortedDictionary<string, decimal> _balances = new(StringComparer.Ordinal) { ["USDT"] = 100_000 };
    private readonly Dictionary<string, string> _firstNames = new(StringComparer.Ordinal);
    private int _lastOrder = 1_000;

    public TimeSpan RequestLifetime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Answers to orders in place of the records, by instrument.</summary>
    public ConcurrentDictionary<string, Func<OrderIntent, VenueAnswer>> Answers { get; } = [];

    /// <summary>Orders without a scripted answer get none, and have no record.</summary>
    public bool IsSilent { get; init; }

    /// <summary>Amends each placed order by another client before the venue reports it; null for none.</summary>
    public Func<VenueOrder, VenueOrder>? AmendsUnseen { get; set; }

    /// <summary>Thrown by the query for trades; null answers it.</summary>
    public Func<Exception>? Breaks { get; set; }

    /// <summary>Number of queries for trades: at least one per comparison.</summary>
    public int Comparisons { get; private set; }

    public VenueOrder Add(string name, Side side, string quantity, InstrumentId instrument)
    {
        lock (_lock)
        {
            var order = new VenueOrder
            {
                ClientOrderId = name,
                VenueOrderId = (++_lastOrder).ToString(CultureInfo.InvariantCulture),
                Instrument = instrument,
                Side = side,
                Type = OrderType.Limit,
                TimeInForce = TimeInForce.GoodTillCanceled,
                Quantity = Quantity.Parse(quantity),
                LimitPrice = Price.Parse("50000"),
                Status = OrderStatus.Accepted,
                ExecutedQuantity = Quantity.Zero,
                UpdatedAt = Now(),
            };
            _orders.Add(order);
            return order;
        }
    }

    public VenueOrder Change(string venueOrderId, Func<VenueOrder, VenueOrder> change)
    {
        lock (_lock)
        {
            var at = _orders.FindIndex(order => order.VenueOrderId == venueOrderId);
            return _orders[at] = change(_orders[at]) with { UpdatedAt = Now() };
        }
    }

    /// <summary>Records a trade of the order at 50,000, and returns the report that the stream would deliver.</summary>
    public ExecutionReport Fill(string venueOrderId, string quantity)
    {
        lock (_lock)
        {
            var traded = Quantity.Parse(quantity);
            var order = Change(venueOrderId, order => order with
            {
                ExecutedQuantity = order.ExecutedQuantity + traded,
                Status = order.ExecutedQuantity + traded >= order.QuantityToFill ? OrderStatus.Filled : OrderStatus.PartiallyFilled,
            });
            var sign = order.Side == Side.Buy ? 1 : -1;
            _balances["BTC"] = _balances.GetValueOrDefault("BTC") + (sign * traded.ToDecimal());
            _balances["USDT"] -= sign * traded.ToDecimal() * 50_000;
            var trade = new VenueFill
            {
                TradeId = _trades.Count + 1,
                VenueOrderId = venueOrderId,
                Side = order.Side,
                Price = Price.Parse("50000"),
                Quantity = traded,
                Fee = 0,
                FeeAsset = "",
                IsMaker = true,
                EventTime = order.UpdatedAt,
            };
            _trades.Add(trade);
            return Report(order, ExecutionReportKind.Trade) with
            {
                Fill = new Fill
                {
                    TradeId = trade.TradeId.ToString(CultureInfo.InvariantCulture),
                    ClientOrderId = order.ClientOrderId,
                    Portfolio = "",
                    Instrument = order.Instrument,
                    Side = order.Side,
                    Price = trade.Price,
                    Quantity = traded,
                    Fee = 0,
                    FeeAsset = "",
                    IsMaker = true,
                    EventTime = trade.EventTime,
                },
            };
        }
    }

    public static ExecutionReport Report(VenueOrder order, ExecutionReportKind kind) => new()
    {
        ClientOrderId = order.ClientOrderId,
        Kind = kind,
        EventTime = order.UpdatedAt,
        VenueOrderId = order.VenueOrderId,
        VenueOrder = order,
    };

    public Task<VenueAnswer> PlaceAsync(OrderIntent intent, SendPermit permit, CancellationToken cancellationToken)
    {
        if (!permit.TryUse(Now(), out var refusal))
        {
            return Task.FromResult(VenueAnswer.Not(VenueOutcome.NotNow, refusal));
        }

        if (Answers.TryGetValue(intent.Instrument.Key, out var answer))
        {
            return Task.FromResult(answer(intent));
        }

        if (IsSilent)
        {
            return Task.FromResult(VenueAnswer.Not(VenueOutcome.Unknown, "no answer"));
        }

        var order = Add(intent.ClientOrderId, intent.Side, intent.Quantity.ToString(), intent.Instrument);
        if (AmendsUnseen is not { } amend)
        {
            return Task.FromResult(VenueAnswer.Done(Report(order, ExecutionReportKind.Accepted)));
        }

        _firstNames[order.VenueOrderId] = order.ClientOrderId;
        Change(order.VenueOrderId, amend);
        return Task.FromResult(VenueAnswer.Not(VenueOutcome.Unknown, "no answer"));
    }

    public Task<VenueAnswer> CancelAsync(InstrumentId instrument, string clientOrderId, CancellationToken cancellationToken) =>
        Task.FromResult(VenueAnswer.Not(VenueOutcome.Refused, $"cancel of {clientOrderId} by its name"));

    public Task<VenueAnswer> CancelByVenueIdAsync(InstrumentId instrument, string venueOrderId, CancellationToken cancellationToken) =>
        Task.FromResult(VenueAnswer.Done(Report(Change(venueOrderId, order => order with { Status = OrderStatus.Canceled }), ExecutionReportKind.Canceled)));

    public Task<VenueOrder?> FindOrderAsync(InstrumentId instrument, string clientOrderId, CancellationToken cancellationToken) =>
        Read(() => _orders.LastOrDefault(order => order.ClientOrderId == clientOrderId));

    public Task<VenueOrder?> FindOrderByVenueIdAsync(InstrumentId instrument, string venueOrderId, CancellationToken cancellationToken) =>
        Read(() => _orders.FirstOrDefault(order => order.VenueOrderId == venueOrderId));

    public Task<string?> FindFirstNameAsync(InstrumentId instrument, string venueOrderId, CancellationToken cancellationToken) =>
        Read(() => _firstNames.GetValueOrDefault(venueOrderId));

    public Task<ImmutableArray<VenueOrder>> GetOpenOrdersAsync(InstrumentId instrument, CancellationToken cancellationToken) =>
        Read<ImmutableArray<VenueOrder>>(() => [.. _orders.Where(order => order.IsOpen)]);

    public Task<ImmutableArray<VenueFill>> GetTradesAsync(InstrumentId instrument, long fromTradeId, CancellationToken cancellationToken)
    {
        Comparisons++;
        return Breaks is { } problem
            ? Task.FromException<ImmutableArray<VenueFill>>(problem())
            : Read<ImmutableArray<VenueFill>>(() => [.. _trades.Where(trade => trade.TradeId >= fromTradeId)]);
    }

    public Task<ImmutableArray<VenueFill>> GetTradesOfOrderAsync(InstrumentId instrument, string venueOrderId, CancellationToken cancellationToken) =>
        Read<ImmutableArray<VenueFill>>(() => [.. _trades.Where(trade => trade.VenueOrderId == venueOrderId)]);

    public Task<long> GetLastTradeIdAsync(InstrumentId instrument, CancellationToken cancellationToken) => Read(() => (long)_trades.Count);

    public Task<ImmutableSortedDictionary<string, decimal>> GetBalancesAsync(CancellationToken cancellationToken) =>
        Read(() => _balances.ToImmutableSortedDictionary(StringComparer.Ordinal));

    private Task<T> Read<T>(Func<T> read)
    {
        lock (_lock)
        {
            return Task.FromResult(read());
        }
    }

    private static Timestamp Now() => Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
}
