using BtcAgent.Research.Backtests;
using BtcAgent.Research.Metrics;
using BtcAgent.Research.Tracks;

namespace BtcAgent.Research.Optimization.Sweeps;

/// <summary>
/// The money of one set in exact decimals: sizes, prices with slippage, fees and round trips of a lane of <see cref="BarBacktest"/>
/// without its ledger, which keeps more than a sweep needs.
/// </summary>
internal sealed class SweepAccount(BarBacktestOptions options)
{
    private const decimal BasisPoint = 1e-4m;
    private const decimal QuantityMax = 92_233_720_368m;
    private const int PriceDecimals = 8;

    private readonly decimal _feeRate = options.FeeBps * BasisPoint;
    private readonly decimal _slippage = options.SlippageBps * BasisPoint;
    private readonly EquityRecorder _recorder = new((double)options.Cash, (double)options.Base);
    private BarTarget _position = BarTarget.Flat;
    private Quantity _quantity;
    private Price _entry;
    private decimal _entryFee;
    private bool _hasFailed;
    private int _roundTrips;
    private double _profits;
    private double _losses;

    public decimal Cash { get; private set; } = options.Cash;

    public decimal Base { get; private set; } = options.Base;

    /// <param name="target">Wanted position.</param>
    /// <param name="price">Price of the order, before slippage.</param>
    /// <param name="last">Last close, which values the position.</param>
    /// <returns>True if it has traded.</returns>
    public bool MoveTo(BarTarget target, Price price, Price last)
    {
        if (target == _position || _hasFailed)
        {
            return false;
        }

        if (_position != BarTarget.Flat)
        {
            Close(price);
        }

        if (target != BarTarget.Flat && !_hasFailed)
        {
            Open(target, price, last);
        }

        return true;
    }

    /// <summary>Adds a point of the equity, which includes the inventory.</summary>
    public void Note(Timestamp time, double equity, double price) => _recorder.Add(time, equity, price, _position != BarTarget.Flat);

    /// <param name="depth">Deepest drawdown over all bars.</param>
    public SweepFigures? Figures(double depth)
    {
        if (_hasFailed)
        {
            return null;
        }

        var track = _recorder.Complete();
        return new SweepFigures(
            _roundTrips,
            Cash,
            Resolution.Round((track.Final / track.Initial) - 1),
            ReturnStatistics.Sharpe(track.Returns.AsSpan(), 1) * Math.Sqrt(track.Period.PerYear),
            depth,
            _losses > 0 ? _profits / _losses : double.NaN);
    }

    private void Close(Price price)
    {
        var side = _position == BarTarget.Long ? Side.Sell : Side.Buy;
        var paid = Slipped(side, price);
        var quantity = _quantity.ToDecimal();
        if (!Trade(side, quantity, paid, out var fee))
        {
            return;
        }

        var gross = quantity * (_position == BarTarget.Long ? paid.ToDecimal() - _entry.ToDecimal() : _entry.ToDecimal() - paid.ToDecimal());
        var net = (double)(gross - (_entryFee + fee));
        _profits += net > 0 ? net : 0;
        _losses -= net < 0 ? net : 0;
        _roundTrips++;
        _position = BarTarget.Flat;
    }

    private void Open(BarTarget target, Price price, Price last)
    {
        var side = target == BarTarget.Long ? Side.Buy : Side.Sell;
        var paid = Slipped(side, price);
        _quantity = options.Fraction is { } fraction ? SizeOf(side, fraction, paid.ToDecimal(), last.ToDecimal()) : Quantity.FromDecimal(options.Quantity);
        if (_quantity.IsZero)
        {
            // Its own backtest tries again at each bar, or says that there is too little money.
            _hasFailed = true;
        }
        else if (Trade(side, _quantity.ToDecimal(), paid, out _entryFee))
        {
            (_position, _entry) = (target, paid);
        }
    }

    private Quantity SizeOf(Side side, decimal fraction, decimal price, decimal last)
    {
        var equity = Cash + ((Base - options.Base) * last);
        var payable = side == Side.Buy ? Cash / (price * (1 + _feeRate)) : Base;
        return Quantity.RoundDown(Math.Clamp(Math.Min(fraction * equity / price, payable), 0, QuantityMax));
    }

    private bool Trade(Side side, decimal quantity, Price paid, out decimal fee)
    {
        var notional = paid.ToDecimal() * quantity;
        fee = notional * _feeRate;
        if ((side == Side.Sell && Base < quantity) || Cash + (side == Side.Buy ? -notional : notional) - fee < 0)
        {
            _hasFailed = true;
            return false;
        }

        Base += side == Side.Buy ? quantity : -quantity;
        Cash += side == Side.Buy ? -notional : notional;
        Cash -= fee;
        return true;
    }

    private Price Slipped(Side side, Price price) => _slippage == 0 ? price : Price.FromDecimal(side == Side.Buy
        ? decimal.Round(price.ToDecimal() * (1 + _slippage), PriceDecimals, MidpointRounding.ToPositiveInfinity)
        : decimal.Round(price.ToDecimal() * (1 - _slippage), PriceDecimals, MidpointRounding.ToZero));
}
