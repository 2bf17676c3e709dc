using BtcAgent.Domain.Bars;
using BtcAgent.Research.Tracks;

namespace BtcAgent.Research.Backtests;

/// <summary>
/// Moves through the bars of all instruments in order of their close time, in the given order where it is the same, and
/// records the curve of the account.
/// </summary>
internal sealed class BarCursor
{
    /// <summary>Price at the start of the index that several instruments share, each with the same weight.</summary>
    private const double IndexStart = 100;

    private readonly Track[] _tracks;
    private readonly BarAccount _account;
    private readonly EquityRecorder _equity;
    private readonly List<CurvePoint> _curve = [];
    private readonly long _count;
    private readonly int _step;
    private long _done;
    private long _points;

    public BarCursor(BarAccount account, IReadOnlyList<(BarLane Lane, ReadOnlyMemory<Bar> Bars)> lanes)
    {
        _account = account;
        _tracks = [.. lanes.Where(l => !l.Bars.IsEmpty).Select(l => new Track(l.Lane, l.Bars))];
        _count = _tracks.Sum(t => (long)t.Bars.Length);
        _step = (int)(_count / BacktestResult.CurvePointsMax) + 1;
        _equity = new EquityRecorder((double)account.Cash, _tracks.Length == 1 ? (double)_tracks[0].Lane.Books.InitialBase : 0);
    }

    public IReadOnlyList<CurvePoint> Curve => _curve;

    /// <summary>Returns and drawdown over all bars.</summary>
    public EquityTrack Equity => _equity.Complete();

    /// <param name="progress">Receives the completed share, 0…1.</param>
    /// <param name="cancellationToken">Checked at each point of the curve.</param>
    public void Run(IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var at = Timestamp.Unknown;
        while (NextTrack(out var until) is { } track)
        {
            var bars = track.Bars.Span;
            for (; track.Next < bars.Length; track.Next++, _done++)
            {
                ref readonly var bar = ref bars[track.Next];
                var closeTime = bar.CloseTime;
                if (closeTime >= until)
                {
                    break;
                }

                if (closeTime > at && at.IsKnown)
                {
                    AddPoint(at, progress, cancellationToken);
                }

                track.Lane.Step(in bar);
                at = closeTime;
            }

            if (track.Next == bars.Length)
            {
                track.Lane.Finish(in bars[^1]);
            }
        }

        if (_count > 0)
        {
            AddPoint(at, progress, cancellationToken, isLast: true);
        }
    }

    /// <param name="until">The track may move on while its bars close before this time.</param>
    private Track? NextTrack(out Timestamp until)
    {
        var (next, index) = (default(Track), -1);
        for (var i = 0; i < _tracks.Length; i++)
        {
            var track = _tracks[i];
            if (track.Next < track.Bars.Length && (next is null || track.NextClose < next.NextClose))
            {
                (next, index) = (track, i);
            }
        }

        until = new Timestamp(long.MaxValue);
        for (var i = 0; i < _tracks.Length; i++)
        {
            var track = _tracks[i];
            if (i != index && track.Next < track.Bars.Length)
            {
                // An earlier track comes first at the same time, a later one after.
                var limit = i < index ? track.NextClose : new Timestamp(track.NextClose.UnixNanoseconds + 1);
                until = limit < until ? limit : until;
            }
        }

        return next;
    }

    private void AddPoint(Timestamp time, IProgress<double>? progress, CancellationToken cancellationToken, bool isLast = false)
    {
        var (equity, held, index, isExposed) = (_account.CashAmount, 0.0, 0.0, false);
        foreach (var track in _tracks)
        {
            var books = track.Lane.Books;
            var price = books.LastPrice.ToDouble();
            equity += books.BaseAmount * price;
            held += books.TradedAmount * price;
            index += books.LastPrice.IsZero ? IndexStart : IndexStart * price / track.FirstPrice;
            isExposed |= books.TradedAmount != 0;
        }

        var shown = _tracks.Length == 1 ? _tracks[0].Lane.Books.LastPrice.ToDouble() : index / _tracks.Length;
        _equity.Add(time, equity, shown, isExposed);
        if (_points++ % _step == 0 || isLast)
        {
            _curve.Add(new CurvePoint(time, equity, shown, equity > 0 ? held / equity : 0));
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report((double)_done / _count);
        }
    }

    private sealed class Track(BarLane lane, ReadOnlyMemory<Bar> bars)
    {
        public BarLane Lane => lane;

        public ReadOnlyMemory<Bar> Bars => bars;

        public double FirstPrice { get; } = bars.Span[0].Close.ToDouble();

        public int Next { get; set; }

        public Timestamp NextClose => bars.Span[Next].CloseTime;
    }
}
