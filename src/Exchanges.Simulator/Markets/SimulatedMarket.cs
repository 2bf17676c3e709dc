using BtcAgent.Domain.MarketData;
using BtcAgent.Exchanges.Simulator.Flow;
using BtcAgent.Exchanges.Simulator.Matching;

namespace BtcAgent.Exchanges.Simulator.Markets;

/// <summary>
/// One symbol: its book, order flow, update ids, trades and klines, in virtual time. Not thread-safe; the venue locks.
/// </summary>
internal sealed class SimulatedMarket : IMatchListener
{
    public const double Tick = 0.01;

    private const int TradesKept = 1_000;
    private const int KlinesKept = 1_000;
    private const long DepthFastMs = 100;
    private const long DepthSlowMs = 1_000;

    private readonly MatchingEngine _engine;
    private readonly OrderFlowGenerator _flow;
    private readonly IMarketPublisher _publisher;
    private readonly DepthChanges _fast = new();
    private readonly DepthChanges _slow = new();
    private double _nextStepSeconds;
    private long _fastDueMs;
    private long _slowDueMs;
    private Quote _top;

    /// <param name="symbol">Upper case.</param>
    /// <param name="seed">Seed of this market's flow.</param>
    /// <param name="startPrice">In quote asset.</param>
    /// <param name="ordersPerSecond">Base rate of the flow, per second.</param>
    /// <param name="startMs">Virtual time at which the market opens.</param>
    /// <param name="publisher">Receives what the market publishes.</param>
    public SimulatedMarket(string symbol, ulong seed, double startPrice, double ordersPerSecond, long startMs, IMarketPublisher publisher)
    {
        Symbol = symbol;
        Topics = new MarketTopics(symbol);
        _publisher = publisher;
        NowMs = startMs;
        _nextStepSeconds = startMs / 1000.0;
        _fastDueMs = startMs + DepthFastMs;
        _slowDueMs = startMs + DepthSlowMs;
        _engine = new MatchingEngine(this);
        _flow = new OrderFlowGenerator(_engine, seed, startPrice, Tick, ordersPerSecond);
    }

    public string Symbol { get; }

    public MarketTopics Topics { get; }

    /// <summary>Virtual time, milliseconds since 1970 UTC.</summary>
    public long NowMs { get; private set; }

    public long UpdateId { get; private set; }

    public long Orders { get; private set; }

    public Queue<VenueTrade> Trades { get; } = new();

    public Queue<VenueKline> Klines { get; } = new();

    public double FairValue => _flow.FairValue;

    /// <summary>The venue's status word; orders are accepted in TRADING only, cancels always.</summary>
    public string Status { get; set; } = SymbolRules.Trading;

    public ReferencePrice Reference { get; } = new();

    /// <summary>The PRICE_RANGE rule: lowest and highest execution price as multiples of the reference price; null for none.</summary>
    public (decimal Down, decimal Up)? PriceRange { get; set; }

    /// <summary>Called with each trade and the resting order; null without accounts.</summary>
    public Action<VenueTrade, RestingOrder>? Traded { get; set; }

    /// <summary>The matching engine for accounts' orders: the same book that the flow trades in.</summary>
    public MatchingEngine Engine => _engine;

    /// <summary>Price of the last trade; zero before the first.</summary>
    public Price LastPrice { get; private set; }

    private long LastTradeId { get; set; }

    private VenueKline? LastKline { get; set; }

    public int LevelCount(Side side) => _engine.LevelCount(side);

    public (Price Price, Quantity Quantity) LevelAt(Side side, int depth) => _engine.LevelAt(side, depth);

    /// <summary>Advances the market to the time and applies every event that is due.</summary>
    public void RunUntil(long timeMs)
    {
        while (true)
        {
            var dueMs = Math.Min((long)(_nextStepSeconds * 1000), Math.Min(_fastDueMs, _slowDueMs));
            if (dueMs > timeMs)
            {
                NowMs = Math.Max(NowMs, timeMs);
                return;
            }

            NowMs = Math.Max(NowMs, dueMs);
            if (dueMs == _fastDueMs)
            {
                SendDepth(_fast, isFast: true);
                _fastDueMs += DepthFastMs;
            }
            else if (dueMs == _slowDueMs)
            {
                SendDepth(_slow, isFast: false);
                SendKline();
                _publisher.ReferencePrice(Reference, NowMs);
                _slowDueMs += DepthSlowMs;
            }
            else
            {
                Orders++;
                _nextStepSeconds += _flow.Step();
                SendTop();
            }
        }
    }

    public void OnTrade(RestingOrder maker, long takerId, Side aggressor, Price price, Quantity quantity)
    {
        var trade = new VenueTrade(++LastTradeId, NowMs, price, quantity, aggressor == Side.Sell);
        Trades.Enqueue(trade);
        if (Trades.Count > TradesKept)
        {
            Trades.Dequeue();
        }

        LastPrice = price;
        Reference.Add(NowMs, price);
        AddToKline(in trade);
        _publisher.Trade(in trade);
        Traded?.Invoke(trade, maker);
    }

    /// <summary>Price range in which a taker may execute now; null where unbounded.</summary>
    public (Price? Lowest, Price? Highest) ExecutionRange() =>
        PriceRange is var (down, up) && Reference.Current(NowMs) is { } reference
            ? (Price.FromUnits((long)(reference.Units * down)), Price.FromUnits((long)(reference.Units * up)))
            : (null, null);

    /// <summary>Publishes the current quote after orders of accounts.</summary>
    public void PublishTop() => SendTop();

    public void OnLevel(Side side, Price price, Quantity quantity)
    {
        UpdateId++;
        _fast.Add(UpdateId, side, price, quantity);
        _slow.Add(UpdateId, side, price, quantity);
    }

    private void AddToKline(in VenueTrade trade)
    {
        var openTimeMs = trade.TimeMs - (trade.TimeMs % VenueKline.IntervalMs);
        if (LastKline is null || LastKline.OpenTimeMs != openTimeMs)
        {
            SendKline();
            LastKline = new VenueKline(openTimeMs, in trade);
            Klines.Enqueue(LastKline);
            if (Klines.Count > KlinesKept)
            {
                Klines.Dequeue();
            }
        }

        LastKline.Add(in trade);
    }

    private void SendTop()
    {
        if (_engine.BestBid.IsZero || _engine.BestAsk.IsZero)
        {
            return;
        }

        var (bid, bidQuantity) = _engine.LevelAt(Side.Buy, 0);
        var (ask, askQuantity) = _engine.LevelAt(Side.Sell, 0);
        var top = new Quote(bid, bidQuantity, ask, askQuantity);
        if (top == _top)
        {
            return;
        }

        _top = top;
        _publisher.Top(UpdateId, top);
    }

    private void SendDepth(DepthChanges changes, bool isFast)
    {
        if (!changes.IsEmpty)
        {
            _publisher.Depth(changes, NowMs, isFast);
        }

        changes.Clear();
    }

    /// <summary>Sends a closed kline once, before the first trade of the next.</summary>
    private void SendKline()
    {
        if (LastKline is null or { IsClosedSent: true })
        {
            return;
        }

        LastKline.IsClosedSent = NowMs > LastKline.CloseTimeMs;
        _publisher.Kline(LastKline, NowMs, LastKline.IsClosedSent);
    }
}
