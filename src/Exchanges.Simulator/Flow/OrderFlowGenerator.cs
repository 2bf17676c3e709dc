using BtcAgent.Exchanges.Simulator.Matching;

namespace BtcAgent.Exchanges.Simulator.Flow;

/// <summary>
/// Generates order flow in virtual time around a hidden <see cref="FairValue"/>: makers quote around it and pull stale quotes,
/// takers lift mispriced ones and follow the parent order that is being worked, so that order flow leads the price. Arrivals
/// excite each other (an exponential Hawkes process) and therefore cluster.
/// </summary>
internal sealed class OrderFlowGenerator
{
    /// <summary>Mean number of market orders that one market order triggers; at 1 the flow would explode.</summary>
    private const double BranchingRatio = 0.5;

    /// <summary>Decay rate of the excitation, per second.</summary>
    private const double ExcitationDecay = 2.5;
    private const double ExcitationMax = 4;

    private const double MarketShare = 0.1;
    private const int OrdersWanted = 2_400;
    private const string Makers = "makers";

    private readonly MatchingEngine _engine;
    private readonly SeededRandom _random;
    private readonly List<long> _alive = [];
    private readonly double _rate;
    private readonly double _tick;
    private readonly double _excitationPerTake;
    private readonly FairValue _fair;
    private double _excitation;

    public OrderFlowGenerator(MatchingEngine engine, ulong seed, double startPrice, double tick, double ordersPerSecond)
    {
        _engine = engine;
        _random = new SeededRandom(seed);
        _rate = ordersPerSecond;
        _excitationPerTake = BranchingRatio * ExcitationDecay / (ordersPerSecond * MarketShare);
        _tick = tick;
        _fair = new FairValue(_random, startPrice);
        for (var i = 0; i < OrdersWanted; i++)
        {
            PlaceLimit(i % 2 == 0 ? Side.Buy : Side.Sell);
        }
    }

    public double FairValue => _fair.Price;

    /// <summary>Draws and applies the next order event.</summary>
    /// <returns>Seconds since the previous event.</returns>
    public double Step()
    {
        var elapsed = _random.Exponential(1 / (_rate * (1 + _excitation)));
        _excitation *= Math.Exp(-ExcitationDecay * elapsed);
        _fair.Move(elapsed);
        PullStaleQuote();
        var choice = _random.Uniform();
        if (choice < MarketShare)
        {
            TakeLiquidity();
        }
        else if (choice < MarketShare + ((1 - MarketShare) * PlacementShare()))
        {
            PlaceLimit(_random.Chance(0.5 + (0.15 * Mispricing()) + (0.8 * Thinness())) ? Side.Buy : Side.Sell);
        }
        else
        {
            CancelSome();
        }

        return elapsed;
    }

    /// <summary>Distance of the fair value from the mid, −1…1; reaches ±1 at 1 bp.</summary>
    private double Mispricing()
    {
        var mid = (_engine.BestBid.ToDouble() + _engine.BestAsk.ToDouble()) / 2;
        return mid > 0 ? Math.Clamp(1e4 * (_fair.Price - mid) / mid, -1, 1) : 0;
    }

    /// <summary>
    /// Imbalance of the top of the book, −0.5…0.5: positive when bids are thinner, which attracts makers.
    /// </summary>
    private double Thinness()
    {
        double bids = _engine.LevelCount(Side.Buy), asks = _engine.LevelCount(Side.Sell);
        return bids + asks > 0 ? (asks - bids) / (2 * (asks + bids)) : 0;
    }

    private double PlacementShare() => _engine.OrderCount < OrdersWanted ? 0.85 : 0.45;

    /// <summary>Lets a taker lift, or its maker pull, a quote on the wrong side of the fair value.</summary>
    private void PullStaleQuote()
    {
        var ask = _engine.BestAsk;
        if (!ask.IsZero && ask.ToDouble() < _fair.Price - _tick)
        {
            Clear(Side.Sell);
        }

        var bid = _engine.BestBid;
        if (!bid.IsZero && bid.ToDouble() > _fair.Price + _tick)
        {
            Clear(Side.Buy);
        }
    }

    private void Clear(Side stale)
    {
        var (_, quantity) = _engine.LevelAt(stale, 0);
        if (_random.Chance(0.15))
        {
            _engine.Market(stale == Side.Sell ? Side.Buy : Side.Sell, quantity);
        }
        else if (_engine.FirstAt(stale) is { } first && first.Owner != Makers)
        {
            // An account's own order: the flow trades with it and never cancels it.
            _engine.Market(stale == Side.Sell ? Side.Buy : Side.Sell, first.Remaining);
        }
        else if (_engine.FirstAt(stale) is { } oldest)
        {
            _engine.Cancel(oldest.Id);
        }
    }

    private void TakeLiquidity()
    {
        var side = _random.Chance(0.5 + _fair.Regime.FlowBias + (0.3 * Mispricing())) ? Side.Buy : Side.Sell;
        _engine.Market(side, Size(0.012));
        Excite();
    }

    private void Excite() => _excitation = Math.Min(ExcitationMax, _excitation + _excitationPerTake);

    private void PlaceLimit(Side side)
    {
        var touch = _random.Chance(0.35);
        var distance = touch ? 0 : _random.Chance(0.5) ? _random.Exponential(3) : _random.Exponential(150);
        var wanted = side == Side.Buy ? _fair.Price - (_tick / 2) - distance : _fair.Price + (_tick / 2) + distance;
        var price = ToTick(wanted, side);
        price = side == Side.Buy && !_engine.BestAsk.IsZero && price >= _engine.BestAsk ? Below(_engine.BestAsk)
            : side == Side.Sell && price <= _engine.BestBid ? Above(_engine.BestBid)
            : price;
        if (_engine.Limit(Makers, side, price, Size(touch ? 0.05 : 0.08)).Resting is { } resting)
        {
            _alive.Add(resting.Id);
        }
    }

    private void CancelSome()
    {
        while (_alive.Count > 0)
        {
            var at = _random.Below(_alive.Count);
            var id = _alive[at];
            _alive[at] = _alive[^1];
            _alive.RemoveAt(_alive.Count - 1);
            if (_engine.Cancel(id))
            {
                return;
            }
        }
    }

    /// <summary>Draws a log-normal size around a median in base asset, with a Pareto tail one time in fifty.</summary>
    private Quantity Size(double median)
    {
        var size = median * Math.Exp(1.1 * _random.Gaussian());
        if (_random.Chance(0.02))
        {
            size *= Math.Min(100, Math.Pow(1 - _random.Uniform(), -0.6));
        }

        return Quantity.FromUnits(Math.Max(1, (long)(size * 1e5)) * 1_000);
    }

    private Price ToTick(double price, Side side)
    {
        var ticks = price / _tick;
        var whole = (long)(side == Side.Buy ? Math.Floor(ticks) : Math.Ceiling(ticks));
        return Price.FromUnits(Math.Max(1, whole) * TickUnits);
    }

    private long TickUnits => (long)Math.Round(_tick * Price.UnitsPerWhole);

    private Price Below(Price price) => Price.FromUnits(price.Units - TickUnits);

    private Price Above(Price price) => Price.FromUnits(price.Units + TickUnits);
}
