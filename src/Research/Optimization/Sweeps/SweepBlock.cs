using System.Numerics;
using System.Runtime.InteropServices;
using BtcAgent.Domain.Bars;
using BtcAgent.Research.Backtests;
using BtcAgent.Research.Tracks;

namespace BtcAgent.Research.Optimization.Sweeps;

/// <summary>The columns of some sets, padded to whole vectors: a set a lane.</summary>
internal sealed class SweepBlock
{
    private readonly SweepAccount[] _accounts;
    private readonly Vector<double>[] _fast;
    private readonly Vector<double>[] _slow;
    private readonly Vector<double>[] _fastAlpha;
    private readonly Vector<double>[] _slowAlpha;
    private readonly Vector<double>[] _slowLength;
    private readonly Vector<long>[] _isLong;
    private readonly Vector<long>[] _isDecided;
    private readonly Vector<double>[] _cash;
    private readonly Vector<double>[] _held;
    private readonly Vector<double>[] _peak;
    private readonly Vector<double>[] _depth;
    private readonly List<(int Set, BarTarget Target)> _pending = [];
    private readonly double _inventory;
    private readonly bool _fillsAtClose;
    private readonly bool _isLongOnly;

    public SweepBlock((int Fast, int Slow)[] sets, BarBacktestOptions options)
    {
        _accounts = [.. sets.Select(_ => new SweepAccount(options))];
        var vectors = (sets.Length + Vector<double>.Count - 1) / Vector<double>.Count;
        (_fast, _slow, _cash, _held) = (Columns(vectors), Columns(vectors), Columns(vectors), Columns(vectors));
        (_fastAlpha, _slowAlpha, _peak, _depth) = (Columns(vectors), Columns(vectors), Columns(vectors), Columns(vectors));
        (_isLong, _isDecided) = (new Vector<long>[vectors], new Vector<long>[vectors]);
        // A lane of the padding never decides.
        _slowLength = Columns(vectors);
        Lanes(_slowLength).Fill(double.PositiveInfinity);
        for (var i = 0; i < sets.Length; i++)
        {
            Lanes(_fastAlpha)[i] = 2.0 / (sets[i].Fast + 1);
            Lanes(_slowAlpha)[i] = 2.0 / (sets[i].Slow + 1);
            Lanes(_slowLength)[i] = sets[i].Slow;
            Copy(i);
        }

        _inventory = (double)options.Base;
        (_fillsAtClose, _isLongOnly) = (options.Fill == FillAt.Close, options.LongOnly);
    }

    public void Run(ReadOnlySpan<Bar> bars, double[] closes, bool[] hasRange, bool[] endsPeriod)
    {
        for (var i = 0; i < bars.Length; i++)
        {
            if (_pending.Count > 0)
            {
                foreach (var (set, target) in _pending)
                {
                    Move(set, target, bars[i].Open, bars[i - 1].Close);
                }

                _pending.Clear();
            }

            if (i == 0)
            {
                Array.Fill(_fast, new Vector<double>(closes[0]));
                Array.Fill(_slow, new Vector<double>(closes[0]));
                Array.Fill(_peak, new Vector<double>((double)_accounts[0].Cash + (_inventory * closes[0])));
            }

            Average(closes[i], i == 0);
            if (hasRange[i])
            {
                Decide(i, in bars[i]);
            }

            if (i == bars.Length - 1)
            {
                for (var set = 0; set < _accounts.Length; set++)
                {
                    Move(set, BarTarget.Flat, bars[i].Close, bars[i].Close);
                }
            }

            Mark(closes[i], closes[0]);
            if (endsPeriod[i] || i == 0)
            {
                for (var set = 0; set < _accounts.Length; set++)
                {
                    _accounts[set].Note(bars[i].CloseTime, Lanes(_cash)[set] + (Lanes(_held)[set] * closes[i]), closes[i]);
                }
            }
        }
    }

    public SweepFigures?[] Figures() => [.. _accounts.Select((a, i) => a.Figures(Lanes(_depth)[i]))];

    /// <summary>As <see cref="Domain.Indicators.Ema"/>: seeded with the first close, no fused operation.</summary>
    private void Average(double close, bool isFirst)
    {
        if (isFirst)
        {
            return;
        }

        var (fast, slow, fastAlpha, slowAlpha) = (_fast, _slow, _fastAlpha, _slowAlpha);
        var value = new Vector<double>(close);
        for (var v = 0; v < fast.Length; v++)
        {
            fast[v] += fastAlpha[v] * (value - fast[v]);
            slow[v] += slowAlpha[v] * (value - slow[v]);
        }
    }

    private void Decide(int index, in Bar bar)
    {
        var (fast, slow, length, isLong, isDecided) = (_fast, _slow, _slowLength, _isLong, _isDecided);
        var count = new Vector<double>(index + 1.0);
        for (var v = 0; v < fast.Length; v++)
        {
            var wants = Vector.GreaterThanOrEqual(fast[v], slow[v]);
            var turns = ((wants ^ isLong[v]) | ~isDecided[v]) & Vector.GreaterThanOrEqual(count, length[v]);
            if (turns == Vector<long>.Zero)
            {
                continue;
            }

            isDecided[v] |= turns;
            isLong[v] = Vector.ConditionalSelect(turns, wants, isLong[v]);
            for (var lane = 0; lane < Vector<long>.Count; lane++)
            {
                if (turns[lane] != 0)
                {
                    Turn((v * Vector<long>.Count) + lane, wants[lane] != 0, in bar);
                }
            }
        }
    }

    private void Turn(int set, bool isLong, in Bar bar)
    {
        var target = isLong ? BarTarget.Long : _isLongOnly ? BarTarget.Flat : BarTarget.Short;
        if (_fillsAtClose)
        {
            Move(set, target, bar.Close, bar.Close);
        }
        else
        {
            _pending.Add((set, target));
        }
    }

    private void Move(int set, BarTarget target, Price price, Price last)
    {
        if (_accounts[set].MoveTo(target, price, last))
        {
            Copy(set);
        }
    }

    private void Copy(int set) => (Lanes(_cash)[set], Lanes(_held)[set]) = ((double)_accounts[set].Cash, (double)_accounts[set].Base);

    /// <summary>The equity at a close and its deepest fall, as <see cref="DrawdownMeter"/> measures it.</summary>
    private void Mark(double close, double firstClose)
    {
        var (cash, held, peak, depth) = (_cash, _held, _peak, _depth);
        var price = new Vector<double>(close);
        var moved = new Vector<double>(_inventory * (close - firstClose));
        var rounding = new Vector<double>(Resolution.Return);
        for (var v = 0; v < cash.Length; v++)
        {
            var equity = cash[v] + (held[v] * price) - moved;
            var top = peak[v];
            var falls = Vector.LessThan(equity, top - (Vector.Abs(top) * rounding));
            depth[v] = Vector.ConditionalSelect(falls, Vector.Min(depth[v], (equity / top) - Vector<double>.One), depth[v]);
            peak[v] = Vector.ConditionalSelect(falls, top, Vector.Max(top, equity));
        }
    }

    private static Vector<double>[] Columns(int vectors) => new Vector<double>[vectors];

    private static Span<double> Lanes(Vector<double>[] column) => MemoryMarshal.Cast<Vector<double>, double>(column.AsSpan());
}
