using BtcAgent.Domain.Bars;

namespace BtcAgent.Research.Backtests;

/// <summary>
/// Decides when a position of a backtest over bars ends besides the strategy's own exits. A bar shows four prices and not
/// their order, so the order is assumed against the position:
/// <list type="number">
/// <item>A bar that opens beyond a level fills at its open, worse than a stop and better than a target.</item>
/// <item>A bar that reaches a stop and the target fills at the stop.</item>
/// <item>The trailing stop follows completed bars only: a bar's own high does not raise the stop that its low meets.</item>
/// <item>After such an exit the strategy may not enter on the same side until it has wanted another position.</item>
/// </list>
/// </summary>
internal sealed class ProtectiveExits(ExitOptions options)
{
    private const int PriceDecimals = 8;

    private readonly bool _hasAny = options.HasAny;
    private int _side;
    private int _spent;
    private decimal _entry;
    private decimal _best;
    private decimal _stop;
    private decimal _target;
    private ExitReason _stopReason;

    /// <summary>True while a position is open and may be closed here.</summary>
    public bool IsWatching => _hasAny && _side != 0;

    /// <summary>A position was opened, or its average price changed.</summary>
    /// <param name="side">1 for long, -1 for short.</param>
    /// <param name="entry">Average price of the position.</param>
    public void Opened(int side, decimal entry)
    {
        if (!_hasAny)
        {
            return;
        }

        _best = _side == side ? _best : entry;
        (_side, _entry) = (side, entry);
        _target = options.TakeProfit is { } gain ? Rounded(Math.Max(0, entry * (1 + (side * gain)))) : 0;
        SetStop();
    }

    public void Closed() => _side = 0;

    /// <summary>Whether the bar ends the position, at which price, and why.</summary>
    /// <param name="bar">The first bar of the position is the one after its entry, or the one at whose open it was entered.</param>
    /// <param name="price">Price of the exit before slippage.</param>
    /// <param name="atOpen">True when the open was beyond the level already.</param>
    /// <param name="reason">The level that was reached.</param>
    public bool IsReached(in Bar bar, out decimal price, out bool atOpen, out ExitReason reason)
    {
        var open = bar.Open.ToDecimal();
        var (worst, best) = _side > 0 ? (bar.Low, bar.High) : (bar.High, bar.Low);
        atOpen = true;
        price = open;
        reason = _stopReason;
        if (_stop > 0 && IsBeyond(_stop, open))
        {
            return true;
        }

        reason = ExitReason.TakeProfit;
        if (_target > 0 && !IsBefore(_target, open))
        {
            return true;
        }

        atOpen = false;
        if (_stop > 0 && IsBeyond(_stop, worst.ToDecimal()))
        {
            (price, reason) = (_stop, _stopReason);
            return true;
        }

        price = _target;
        return _target > 0 && !IsBefore(_target, best.ToDecimal());
    }

    /// <summary>The position was closed here.</summary>
    public void Ended() => (_spent, _side) = (_side, 0);

    /// <summary>The bar is complete: moves the trailing stop.</summary>
    public void Complete(in Bar bar)
    {
        if (_side == 0 || options.TrailingStop is null)
        {
            return;
        }

        var best = (_side > 0 ? bar.High : bar.Low).ToDecimal();
        if (_side > 0 ? best > _best : best < _best)
        {
            _best = best;
            SetStop();
        }
    }

    /// <summary>Whether the strategy may hold this side; a side that was ended here waits for another wish.</summary>
    /// <param name="side">1 for long, -1 for short, 0 for none.</param>
    public bool Allows(int side)
    {
        _spent = side == _spent ? _spent : 0;
        return side == 0 || side != _spent;
    }

    /// <summary>The level that the price meets first: of a long position the higher one.</summary>
    private void SetStop()
    {
        var loss = options.StopLoss is { } fixedStop ? _entry * (1 - (_side * fixedStop)) : 0;
        var gain = _side * (_best - _entry) / _entry;
        var trail = options.TrailingStop is { } distance && gain >= options.TrailingOffset ? _best * (1 - (_side * distance)) : 0;
        var trails = trail > 0 && (loss == 0 || (_side > 0 ? trail > loss : trail < loss));
        (_stop, _stopReason) = trails ? (Rounded(trail), ExitReason.TrailingStop) : (Rounded(loss), ExitReason.StopLoss);
    }

    /// <summary>Against the order that closes: a sale lower, a purchase higher.</summary>
    private decimal Rounded(decimal level) =>
        decimal.Round(level, PriceDecimals, _side > 0 ? MidpointRounding.ToZero : MidpointRounding.ToPositiveInfinity);

    /// <summary>Whether the price is at the stop or on its losing side.</summary>
    private bool IsBeyond(decimal stop, decimal price) => _side > 0 ? price <= stop : price >= stop;

    /// <summary>Whether the price has not reached the target yet.</summary>
    private bool IsBefore(decimal target, decimal price) => _side > 0 ? price < target : price > target;
}
