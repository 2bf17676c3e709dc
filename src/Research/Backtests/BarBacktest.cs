using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Domain.Bars;
using BtcAgent.Research.Tracks;

namespace BtcAgent.Research.Backtests;

/// <summary>
/// Runs a rule over bars with market orders of one quantity. A reversal is two orders, close then open; a position that is open
/// at the end is closed at the last close. The agent's ledger counts cash, base and fees in exact decimals; only a price with
/// slippage is rounded, to eight decimals and against the order.
/// </summary>
public sealed class BarBacktest
{
    private const decimal BasisPoint = 1e-4m;
    private const int PriceDecimals = 8;

    private readonly BarBacktestOptions _options;
    private readonly Quantity _quantity;
    private readonly decimal _feeRate;
    private readonly List<CurvePoint> _curve = [];
    private BarTarget _position;
    private double _cash;
    private double _inventory;
    private double _traded;

    public BarBacktest(BarBacktestOptions options)
    {
        options.Check();
        _options = options;
        _quantity = Quantity.FromDecimal(options.Quantity);
        _feeRate = options.FeeBps * BasisPoint;
    }

    /// <param name="strategy">Name in the result.</param>
    /// <param name="instrument">Instrument of the bars.</param>
    /// <param name="source">Description of the bars.</param>
    /// <param name="bars">Bars in time order.</param>
    /// <param name="rule">Decides at each bar.</param>
    /// <param name="progress">Receives the completed share, 0…1.</param>
    /// <param name="cancellationToken">Checked at each point of the curve.</param>
    /// <exception cref="BacktestException">Cash or inventory do not cover an order.</exception>
    public BacktestResult Run(
        string strategy,
        InstrumentId instrument,
        string source,
        ReadOnlySpan<Bar> bars,
        IBarRule rule,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var books = new BacktestBooks(instrument, _options.QuoteAsset, _options.Cash, _options.Base);
        var track = new EquityRecorder((double)_options.Cash, (double)_options.Base);
        _position = BarTarget.Flat;
        _curve.Clear();
        Balance(books);
        var step = (bars.Length / BacktestResult.CurvePointsMax) + 1;
        var pending = BarTarget.Stay;
        var decided = default(Bar);
        for (var i = 0; i < bars.Length; i++)
        {
            ref readonly var bar = ref bars[i];
            if (pending != BarTarget.Stay)
            {
                MoveTo(books, pending, bar.OpenTime, bar.Open, in decided);
                pending = BarTarget.Stay;
            }

            var target = rule.OnBar(in bar);
            if (_options.Fill == FillAt.Close)
            {
                MoveTo(books, target, bar.CloseTime, bar.Close, in bar);
            }
            else
            {
                (pending, decided) = (target, bar);
            }

            var isLast = i == bars.Length - 1;
            if (isLast)
            {
                MoveTo(books, BarTarget.Flat, bar.CloseTime, bar.Close, in bar);
            }

            var point = Point(in bar);
            track.Add(point.EventTime, point.Equity, point.Price, _position != BarTarget.Flat);
            if (i % step == 0 || isLast)
            {
                _curve.Add(point);
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Report((double)i / bars.Length);
            }
        }

        return Result(strategy, instrument, source, bars.Length, books) with { Track = track.Complete() };
    }

    private void MoveTo(BacktestBooks books, BarTarget target, Timestamp time, Price price, in Bar decided)
    {
        if (target == BarTarget.Stay || target == _position)
        {
            return;
        }

        if (_position != BarTarget.Flat)
        {
            Trade(books, _position == BarTarget.Long ? Side.Sell : Side.Buy, time, price, in decided);
        }

        if (target != BarTarget.Flat)
        {
            Trade(books, target == BarTarget.Long ? Side.Buy : Side.Sell, time, price, in decided);
        }

        _position = target;
    }

    private void Trade(BacktestBooks books, Side side, Timestamp time, Price price, in Bar decided)
    {
        var paid = Slipped(side, price);
        var (quantity, inventory) = (_options.Quantity, books.Base);
        if (side == Side.Sell && inventory < quantity)
        {
            throw new BacktestException(Text(
                $"{time}: selling {quantity} needs inventory, but there are only {inventory}: start with --base {_options.Base + quantity - inventory} or more"));
        }

        var notional = paid.Times(_quantity);
        var left = books.Cash + (side == Side.Buy ? -notional : notional) - (notional * _feeRate);
        if (left < 0)
        {
            throw new BacktestException(Text(
                $"{time}: {(side == Side.Buy ? "buying" : "selling")} {quantity} at {paid} leaves cash of {left}: start with more --cash, or a smaller --quantity"));
        }

        books.Book(side, _quantity, paid, _feeRate, time, decided.Close.ToDecimal(), decided.CloseTime);
        Balance(books);
    }

    private Price Slipped(Side side, Price price)
    {
        if (_options.SlippageBps == 0)
        {
            return price;
        }

        var share = _options.SlippageBps * BasisPoint;
        return Price.FromDecimal(side == Side.Buy
            ? decimal.Round(price.ToDecimal() * (1 + share), PriceDecimals, MidpointRounding.ToPositiveInfinity)
            : decimal.Round(price.ToDecimal() * (1 - share), PriceDecimals, MidpointRounding.ToZero));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Converts the balances once a trade: every bar is marked with them.</summary>
    private void Balance(BacktestBooks books) =>
        (_cash, _inventory, _traded) = ((double)books.Cash, (double)books.Base, (double)(books.Base - _options.Base));

    private CurvePoint Point(in Bar bar)
    {
        var price = bar.Close.ToDouble();
        var equity = _cash + (_inventory * price);
        return new CurvePoint(bar.CloseTime, equity, price, equity > 0 ? _traded * price / equity : 0);
    }

    private BacktestResult Result(string strategy, InstrumentId instrument, string source, long steps, BacktestBooks books) => new()
    {
        Strategy = strategy,
        Instrument = instrument.Key,
        QuoteAsset = _options.QuoteAsset,
        Source = source,
        Settings = ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal)
            .Add("fee bps", _options.FeeBps.ToString(CultureInfo.InvariantCulture))
            .Add("fill", _options.Fill == FillAt.Close ? "the bar's close" : "the next bar's open")
            .Add("quantity", _options.Quantity.ToString(CultureInfo.InvariantCulture))
            .Add("slippage bps", _options.SlippageBps.ToString(CultureInfo.InvariantCulture)),
        InitialCash = _options.Cash,
        InitialBase = _options.Base,
        FinalCash = books.Cash,
        FinalBase = books.Base,
        Fees = books.Fees,
        Orders = books.Count,
        Fills = books.Fills,
        RoundTrips = books.RoundTrips,
        Curve = [.. _curve],
        Steps = steps,
    };
}
