using System.Collections.Immutable;

namespace BtcAgent.Research.Tracks;

/// <summary>
/// Reduces the points of a run to an <see cref="EquityTrack"/> in bounded memory. The period of the returns grows with the run:
/// a run of years keeps one number a day, however many points it has.
/// </summary>
internal sealed class EquityRecorder
{
    private readonly double _inventory;
    private readonly List<(long Period, double Equity)> _ends = [];
    private ReturnPeriod _period = ReturnPeriod.For(TimeSpan.Zero);
    private DrawdownMeter _drawdown = new(0);
    private long _current;
    private long _endsAt;
    private Timestamp _from;
    private Timestamp _to;
    private long _points;
    private long _exposed;
    private double _initial;
    private double _sum;
    private double _last;
    private double _firstPrice = double.NaN;
    private double _lastPrice = double.NaN;

    /// <param name="cash">Quote asset at the start.</param>
    /// <param name="inventory">Base asset at the start.</param>
    public EquityRecorder(double cash, double inventory)
    {
        _inventory = inventory;
        _initial = _last = cash;
    }

    /// <param name="time">Time of the point, not before the previous one.</param>
    /// <param name="equity">Cash and inventory at the price.</param>
    /// <param name="price">Mid or close.</param>
    /// <param name="isExposed">True with a position.</param>
    public void Add(Timestamp time, double equity, double price, bool isExposed)
    {
        if (_points == 0)
        {
            Start(time, price);
        }
        else if (time.UnixNanoseconds > _endsAt)
        {
            _ends.Add((_current, _last));
            Coarsen(time - _from);
            Open(time);
        }

        _last = equity - (_inventory * (price - _firstPrice));
        (_to, _lastPrice) = (time, price);
        _points++;
        _exposed += isExposed ? 1 : 0;
        _sum += _last;
        _drawdown.Add(time, _last);
    }

    public EquityTrack Complete()
    {
        var ends = _points == 0 ? [] : new List<(long Period, double Equity)>(_ends) { (_current, _last) };
        var period = ReturnPeriod.For(_to - _from);
        return new EquityTrack
        {
            From = _from,
            To = _to,
            Points = _points,
            Exposed = _exposed,
            Initial = _initial,
            Final = _last,
            Mean = _points == 0 ? double.NaN : _sum / _points,
            FirstPrice = _firstPrice,
            LastPrice = _lastPrice,
            Period = period,
            Returns = _points < 2 ? [] : Returns(Joined(ends, _period, period)),
            MaxDrawdown = _drawdown.Result,
        };
    }

    /// <summary>The period that a time belongs to; a time at a boundary belongs to the period that ends there.</summary>
    internal static long PeriodOf(Timestamp time, ReturnPeriod period) => (time.UnixNanoseconds - 1) / Nanoseconds(period);

    /// <summary>Start of the period that a time belongs to.</summary>
    internal static Timestamp StartOf(Timestamp time, ReturnPeriod period) => new(PeriodOf(time, period) * Nanoseconds(period));

    private static long Nanoseconds(ReturnPeriod period) => period.Length.Ticks * 100;

    /// <summary>Keeps the last entry of each longer period; periods are whole multiples of shorter ones.</summary>
    private static List<(long Period, double Equity)> Joined(
        List<(long Period, double Equity)> ends, ReturnPeriod from, ReturnPeriod to)
    {
        var factor = Nanoseconds(to) / Nanoseconds(from);
        var joined = new List<(long Period, double Equity)>();
        foreach (var (number, equity) in ends)
        {
            var end = (number / factor, equity);
            if (joined.Count > 0 && joined[^1].Period == end.Item1)
            {
                joined[^1] = end;
            }
            else
            {
                joined.Add(end);
            }
        }

        return joined;
    }

    private ImmutableArray<double> Returns(List<(long Period, double Equity)> ends)
    {
        var returns = ImmutableArray.CreateBuilder<double>(ends.Count);
        var before = _initial;
        for (var i = 0; i < ends.Count; i++)
        {
            for (var missing = i == 0 ? 0 : ends[i].Period - ends[i - 1].Period - 1; missing > 0; missing--)
            {
                returns.Add(0);
            }

            returns.Add(before > 0 ? Resolution.Round((ends[i].Equity / before) - 1) : 0);
            before = ends[i].Equity;
        }

        return returns.DrainToImmutable();
    }

    private void Start(Timestamp time, double price)
    {
        _firstPrice = price;
        _initial += _inventory * price;
        _drawdown = new DrawdownMeter(_initial);
        _drawdown.Start(time);
        _from = time;
        Open(time);
    }

    private void Open(Timestamp time)
    {
        _current = PeriodOf(time, _period);
        _endsAt = (_current + 1) * Nanoseconds(_period);
    }

    private void Coarsen(TimeSpan span)
    {
        var period = ReturnPeriod.For(span);
        if (period.Length > _period.Length)
        {
            var joined = Joined(_ends, _period, period);
            _ends.Clear();
            _ends.AddRange(joined);
            _period = period;
        }
    }
}
