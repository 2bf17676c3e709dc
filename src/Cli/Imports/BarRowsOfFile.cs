using BtcAgent.Domain.Bars;
using BtcAgent.History.Imports;
using BtcAgent.Research.Bars;

namespace BtcAgent.Cli.Imports;

/// <summary>Gives bars that have only an open time their intervals and their places on the grid.</summary>
internal sealed class BarRowsOfFile
{
    private const int MonthsPerYear = 12;

    private readonly IReadOnlyList<Bar> _bars;
    private readonly Func<int, long> _lineOf;
    private readonly InstrumentId _instrument;
    private readonly BarIntervals _intervals;
    private readonly int[] _placeOf;
    private readonly bool[] _isRepeat;
    private readonly bool _isNewestFirst;

    /// <param name="file">The file, for messages.</param>
    /// <param name="bars">In the order of the file, at least one.</param>
    /// <param name="lineOf">Line of each.</param>
    /// <param name="policy">The interval, where it is given.</param>
    /// <param name="firstLength">Length of the first bar; null where it is not known.</param>
    /// <param name="instrument">Instrument of the bars.</param>
    public BarRowsOfFile(string file, IReadOnlyList<Bar> bars, Func<int, long> lineOf, BarPolicy policy, TimeSpan? firstLength, InstrumentId instrument)
    {
        (_bars, _lineOf, _instrument) = (bars, lineOf, instrument);
        _placeOf = new int[bars.Count];
        _isRepeat = new bool[bars.Count];
        _isNewestFirst = bars.Count > 1 && Enumerable.Range(1, bars.Count - 1).All(i => bars[i].OpenTime <= bars[i - 1].OpenTime);
        var unique = new List<Bar>(bars.Count);
        foreach (var i in Enumerable.Range(0, bars.Count).OrderBy(i => bars[i].OpenTime))
        {
            _isRepeat[i] = unique.Count > 0 && unique[^1].OpenTime == bars[i].OpenTime;
            if (!_isRepeat[i])
            {
                unique.Add(bars[i]);
            }

            _placeOf[i] = unique.Count - 1;
        }

        _intervals = BarIntervals.Find([.. unique], policy, firstLength, file);
    }

    /// <summary>The assumptions made.</summary>
    public IEnumerable<string> Remarks => _isNewestFirst
        ? _intervals.Series.Remarks.Append("the rows are newest first: they are read from the end")
        : _intervals.Series.Remarks;

    public IEnumerable<ImportRow> Rows(bool withMessages)
    {
        for (var n = 0; n < _bars.Count; n++)
        {
            var i = _isNewestFirst ? _bars.Count - 1 - n : n;
            var bar = _bars[i] with { Interval = _intervals.Series.Bars[_placeOf[i]].Interval };
            var id = GridPlace(bar.OpenTime);
            yield return new ImportRow(RowKind.Bar, _lineOf(i), id, id, bar.OpenTime)
            {
                Interval = bar.Interval,
                IsOffGrid = _intervals.Irregular.Contains(_placeOf[i]),
                IsEmpty = bar.Volume.IsZero,
                IsRepeat = _isRepeat[i],
                Message = withMessages ? ImportMessages.PlainBar(_instrument, in bar) : null,
            };
        }
    }

    private long GridPlace(Timestamp open)
    {
        if (!_intervals.IsMonthly)
        {
            return open.UnixNanoseconds / 100 / _intervals.Series.Interval.Ticks;
        }

        var date = open.ToDateTimeOffset();
        return (date.Year * MonthsPerYear) + date.Month;
    }
}
