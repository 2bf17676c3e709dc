using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Domain.Bars;

namespace BtcAgent.Research.Backtests;

/// <summary>
/// Runs a rule over bars with market orders of one quantity. A reversal is two orders, close then open; what is still open
/// at the end is closed at the last close. Cash and base are exact decimals; nothing is rounded.
/// </summary>
public sealed class BarBacktest
{
    private const decimal BasisPoint = 1e-4m;

    private readonly BarBacktestOptions _options;
    private readonly decimal _feeRate;
    private readonly List<BacktestFill> _fills = [];
    private readonly List<RoundTrip> _trips = [];
    private readonly List<CurvePoint> _curve = [];
    private decimal _cash;
    private decimal _position;
    private BacktestFill _entry;

    public BarBacktest(BarBacktestOptions options)
    {
        options.Check();
        _options = options;
        _feeRate = options.FeeBps * BasisPoint;
    }

    /// <param name="strategy">Name in the result.</param>
    /// <param name="instrument">Of the bars.</param>
    /// <param name="source">What the bars are, in words.</param>
    /// <param name="bars">In order.</param>
    /// <param name="rule">Decides at each bar.</param>
    /// <param name="progress">Told the share done, 0…1.</param>
    /// <param name="cancellationToken">Looked at every few thousand bars.</param>
    /// <exception cref="BacktestException">An order that cash or inventory cannot pay for.</exception>
    public BacktestResult Run(
        string strategy,
        InstrumentId instrument,
        string source,
        ReadOnlySpan<Bar> bars,
        IBarRule rule,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        Reset();
        var step = Math.Max(1, bars.Length / BacktestResult.CurvePointsMax + 1);
        var pending = BarWish.Stay;
        var decided = default(Bar);
        for (var i = 0; i < bars.Length; i++)
        {
            ref readonly var bar = ref bars[i];
            if (pending != BarWish.Stay)
            {
                Stand(pending, bar.OpenTime, bar.Open.ToDecimal(), in decided);
                pending = BarWish.Stay;
            }

            var wish = rule.OnBar(in bar);
            if (_options.Fill == FillAt.Close)
            {
                Stand(wish, bar.CloseTime, bar.Close.ToDecimal(), in bar);
            }
            else
            {
                (pending, decided) = (wish, bar);
            }

            if (i % step == 0 || i == bars.Length - 1)
            {
                if (i == bars.Length - 1)
                {
                    Stand(BarWish.Flat, bar.CloseTime, bar.Close.ToDecimal(), in bar);
                }

                AddPoint(in bar);
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Report((double)i / bars.Length);
            }
        }

        return Result(strategy, instrument, source, bars.Length);
    }

    private void Stand(BarWish wish, Timestamp time, decimal price, in Bar decided)
    {
        if (wish == BarWish.Stay || Math.Sign(_position) == (int)wish)
        {
            return;
        }

        if (_position != 0)
        {
            Close(time, price, in decided);
        }

        if (wish != BarWish.Flat)
        {
            _entry = Fill(wish == BarWish.Long ? Side.Buy : Side.Sell, _options.Quantity, time, price, in decided);
            _position = wish == BarWish.Long ? _options.Quantity : -_options.Quantity;
        }
    }

    private void Close(Timestamp time, decimal price, in Bar decided)
    {
        var exit = Fill(_position > 0 ? Side.Sell : Side.Buy, _options.Quantity, time, price, in decided);
        var gross = _position * (exit.Price - _entry.Price);
        _trips.Add(new RoundTrip(
            _entry.EventTime, exit.EventTime, _entry.Side, exit.Quantity, _entry.Price, exit.Price, gross, _entry.Fee + exit.Fee));
        _position = 0;
    }

    private BacktestFill Fill(Side side, decimal quantity, Timestamp time, decimal price, in Bar decided)
    {
        var slipped = side == Side.Buy ? 1 + (_options.SlippageBps * BasisPoint) : 1 - (_options.SlippageBps * BasisPoint);
        var paid = _options.SlippageBps == 0 ? price : price * slipped;
        var notional = paid * quantity;
        var fee = notional * _feeRate;
        var inventory = _options.Base + _position;
        if (side == Side.Sell && inventory < quantity)
        {
            throw new BacktestException(Text(
                $"{time}: selling {quantity} needs inventory, there are {inventory}: start with --base {_options.Base + quantity - inventory} or more"));
        }

        _cash += side == Side.Buy ? -notional - fee : notional - fee;
        if (_cash < 0)
        {
            throw new BacktestException(Text(
                $"{time}: {(side == Side.Buy ? "buying" : "selling")} {quantity} at {paid} leaves cash of {_cash}: start with more --cash, or a smaller --quantity"));
        }

        var fill = new BacktestFill(
            time, side, paid, quantity, fee, IsMaker: false, decided.Close.ToDecimal(), (time - decided.CloseTime).TotalMilliseconds);
        _fills.Add(fill);
        return fill;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void AddPoint(in Bar bar)
    {
        var price = bar.Close.ToDouble();
        var held = (double)(_options.Base + _position) * price;
        var equity = (double)_cash + held;
        _curve.Add(new CurvePoint(bar.CloseTime, equity, price, equity > 0 ? (double)_position * price / equity : 0));
    }

    private void Reset()
    {
        _fills.Clear();
        _trips.Clear();
        _curve.Clear();
        (_cash, _position) = (_options.Cash, 0);
    }

    private BacktestResult Result(string strategy, InstrumentId instrument, string source, long steps) => new()
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
        FinalCash = _cash,
        FinalBase = _options.Base + _position,
        Fees = _fills.Sum(f => f.Fee),
        Orders = _fills.Count,
        Fills = [.. _fills],
        RoundTrips = [.. _trips],
        Curve = [.. _curve],
        Steps = steps,
    };
}
