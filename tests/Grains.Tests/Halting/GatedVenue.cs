using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Domain;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Grains.Tests.Halting;

/// <summary>
/// A venue with one account whose requests wait before they leave, in flight, and for their answers. Market orders fill at
/// once at one price, limit orders rest. A request that arrives after its lifetime is refused, as Binance refuses by
/// receive window.
/// </summary>
internal sealed partial class GatedVenue(GateBoard gates, TimeProvider time) : IExecutionVenue
{
    public const decimal Market = 50_000;

    private readonly Lock _lock = new();
    private readonly List<VenueOrder> _orders = [];
    private readonly List<VenueFill> _trades = [];
    private readonly List<Departure> _departures = [];
    private decimal _base;
    private decimal _quote;
    private int _onTheirWay;

    public TimeSpan RequestLifetime { get; } = TimeSpan.FromSeconds(3);

    /// <summary>The negative control: a connector that ignores permits, as before there were any.</summary>
    public bool IgnoresPermits { get; set; }

    /// <summary>Orders that have left, oldest first, including those that never arrived.</summary>
    public IReadOnlyList<Departure> Departures
    {
        get
        {
            lock (_lock)
            {
                return [.. _departures];
            }
        }
    }

    public IReadOnlyList<VenueOrder> OpenOrders
    {
        get
        {
            lock (_lock)
            {
                return [.. _orders.Where(order => order.IsOpen)];
            }
        }
    }

    /// <summary>Orders in flight that will not be refused for their age.</summary>
    public int OnTheirWay
    {
        get
        {
            lock (_lock)
            {
                return _onTheirWay;
            }
        }
    }

    public decimal BaseBalance
    {
        get
        {
            lock (_lock)
            {
                return _base;
            }
        }
    }

    /// <summary>The smallest base balance ever; below zero, more was sold than held.</summary>
    public decimal LeastBase { get; private set; }

    public void Reset(decimal baseBalance)
    {
        lock (_lock)
        {
            _orders.Clear();
            _trades.Clear();
            _departures.Clear();
            (_base, _quote, _onTheirWay, LeastBase) = (baseBalance, 100_000, 0, baseBalance);
        }
    }

    /// <summary>Adds an order that the agent does not remember.</summary>
    public void Rest(string clientOrderId)
    {
        lock (_lock)
        {
            _orders.Add(new VenueOrder
            {
                ClientOrderId = clientOrderId,
                VenueOrderId = NextOrderId(),
                Instrument = HaltStage.Btc,
                Side = Side.Buy,
                Type = OrderType.Limit,
                TimeInForce = TimeInForce.GoodTillCanceled,
                Quantity = Quantity.Parse("0.001"),
                LimitPrice = Price.Parse("46000"),
                Status = OrderStatus.Accepted,
                ExecutedQuantity = Quantity.Zero,
                UpdatedAt = Now(),
            });
        }
    }

    /// <summary>An amendment by hand at the venue: the order continues under a random client id.</summary>
    public void Amend(string clientOrderId, string newClientOrderId)
    {
        lock (_lock)
        {
            var index = _orders.FindIndex(order => order.ClientOrderId == clientOrderId && order.IsOpen);
            _orders[index] = _orders[index] with { ClientOrderId = newClientOrderId };
        }
    }

    public async Task<VenueAnswer> PlaceAsync(OrderIntent intent, SendPermit permit, CancellationToken cancellationToken)
    {
        await gates.PassAsync($"venue.place.leave.{intent.ClientOrderId}");
        if (!permit.TryUse(Now(), out var refusal) && !IgnoresPermits)
        {
            return VenueAnswer.Not(VenueOutcome.NotNow, refusal);
        }

        var leftAt = Now();
        lock (_lock)
        {
            _departures.Add(new Departure(intent, leftAt));
            _onTheirWay++;
        }

        try
        {
            await gates.PassAsync($"venue.place.arrive.{intent.ClientOrderId}");
        }
        catch (IOException e)
        {
            lock (_lock)
            {
                _onTheirWay--;
            }

            return VenueAnswer.Not(VenueOutcome.Unknown, e.Message);
        }

        ImmutableArray<ExecutionReport> reports;
        lock (_lock)
        {
            _onTheirWay--;
            if (Now() - leftAt > RequestLifetime)
            {
                return VenueAnswer.Not(VenueOutcome.NotNow, "-1021: Timestamp for this request is outside of the recvWindow.");
            }

            if (_orders.Any(order => order.ClientOrderId == intent.ClientOrderId))
            {
                return VenueAnswer.Not(VenueOutcome.Unknown, "-2010: Duplicate order sent.");
            }

            if (intent.Side == Side.Sell && intent.Quantity.ToDecimal() > _base)
            {
                return VenueAnswer.Not(VenueOutcome.Refused, "-2010: Account has insufficient balance for requested action.");
            }

            reports = Take(intent);
        }

        try
        {
            await gates.PassAsync($"venue.place.answer.{intent.ClientOrderId}");
        }
        catch (IOException e)
        {
            return VenueAnswer.Not(VenueOutcome.Unknown, e.Message);
        }

        return VenueAnswer.Done(reports);
    }

    public async Task<VenueAnswer> CancelAsync(InstrumentId instrument, string clientOrderId, CancellationToken cancellationToken)
    {
        try
        {
            await gates.PassAsync($"venue.cancel.arrive.{clientOrderId}");
            VenueAnswer answer;
            lock (_lock)
            {
                answer = Cancel(clientOrderId);
            }

            await gates.PassAsync($"venue.cancel.answer.{clientOrderId}");
            return answer;
        }
        catch (IOException e)
        {
            return VenueAnswer.Not(VenueOutcome.Unknown, e.Message);
        }
    }

    public Task<VenueAnswer> CancelByVenueIdAsync(InstrumentId instrument, string venueOrderId, CancellationToken cancellationToken)
    {
        string name;
        lock (_lock)
        {
            name = _orders.First(order => order.VenueOrderId == venueOrderId).ClientOrderId;
        }

        return CancelAsync(instrument, name, cancellationToken);
    }

    public Task<VenueOrder?> FindOrderAsync(InstrumentId instrument, string clientOrderId, CancellationToken cancellationToken) =>
        AskAsync("find", () => _orders.LastOrDefault(order => order.ClientOrderId == clientOrderId));

    public Task<VenueOrder?> FindOrderByVenueIdAsync(InstrumentId instrument, string venueOrderId, CancellationToken cancellationToken) =>
        AskAsync("find", () => _orders.FirstOrDefault(order => order.VenueOrderId == venueOrderId));

    public Task<string?> FindFirstNameAsync(InstrumentId instrument, string venueOrderId, CancellationToken cancellationToken) =>
        AskAsync<string?>("find", () => null);

    public Task<ImmutableArray<VenueOrder>> GetOpenOrdersAsync(InstrumentId instrument, CancellationToken cancellationToken) =>
        AskAsync<ImmutableArray<VenueOrder>>("list", () => [.. _orders.Where(order => order.IsOpen)]);

    public Task<ImmutableArray<VenueFill>> GetTradesAsync(InstrumentId instrument, long fromTradeId, CancellationToken cancellationToken) =>
        AskAsync<ImmutableArray<VenueFill>>("trades", () => [.. _trades.Where(trade => trade.TradeId >= fromTradeId)]);

    public Task<ImmutableArray<VenueFill>> GetTradesOfOrderAsync(InstrumentId instrument, string venueOrderId, CancellationToken cancellationToken) =>
        AskAsync<ImmutableArray<VenueFill>>("trades", () => [.. _trades.Where(trade => trade.VenueOrderId == venueOrderId)]);

    public Task<long> GetLastTradeIdAsync(InstrumentId instrument, CancellationToken cancellationToken) =>
        AskAsync("trades", () => (long)_trades.Count);

    public Task<ImmutableSortedDictionary<string, decimal>> GetBalancesAsync(CancellationToken cancellationToken) =>
        AskAsync("balances", () => ImmutableSortedDictionary<string, decimal>.Empty.Add("BTC", _base).Add("USDT", _quote));

    /// <summary>Answers with the state at the arrival of the query.</summary>
    private async Task<T> AskAsync<T>(string what, Func<T> read)
    {
        try
        {
            await gates.PassAsync($"venue.{what}.arrive");
            T answer;
            lock (_lock)
            {
                answer = read();
            }

            await gates.PassAsync($"venue.{what}.answer");
            return answer;
        }
        catch (IOException e)
        {
            throw new ExecutionVenueException(e.Message, e);
        }
    }

    private string NextOrderId() => (_orders.Count + 1).ToString(CultureInfo.InvariantCulture);

    private Timestamp Now() => Timestamp.FromDateTimeOffset(time.GetUtcNow());

    /// <param name="Intent">The order.</param>
    /// <param name="At">Time of leaving, by the venue's clock.</param>
    internal sealed record Departure(OrderIntent Intent, Timestamp At);
}
