using System.Globalization;
using BtcAgent.History.Imports;
using BtcAgent.Research.Archives;
using BtcAgent.Research.Bars;

namespace BtcAgent.Cli.Imports;

/// <summary>Judges the rows of one file in order, by the policy.</summary>
internal sealed class RowInspection(string file, ArchiveKind kind, ImportPolicy policy)
{
    private readonly IdRanges _seen = new();
    private readonly LineTally _gaps = new("gaps");
    private readonly LineTally _repeats = new("repeated rows");
    private readonly LineTally _disorder = new("rows earlier than a row before");
    private readonly LineTally _offGrid = new("bars off the grid of their interval");
    private readonly LineTally _empty = new("bars without a trade, as in an outage");
    private TimeSpan _interval;
    private long _missing;
    private long _lastId = -1;

    private string Unit => kind == ArchiveKind.Klines ? "bars" : "trades";

    /// <summary>True when the row is to be stored.</summary>
    /// <exception cref="BarFileException">The policy refuses it.</exception>
    public bool Accepts(in ArchiveRow row)
    {
        if (kind == ArchiveKind.Klines && !AcceptsBar(row))
        {
            return false;
        }

        if (!_seen.Add(row.FirstId, row.LastId) && !Allows(_repeats, policy.Duplicate, "--on-duplicate drop", row, $"{Named(row)} was in the file before"))
        {
            return false;
        }

        if (row.FirstId < _lastId && !Allows(_disorder, policy.Disorder, "--on-disorder keep or drop", row, $"{Named(row)} is after {_lastId}"))
        {
            return false;
        }

        if (_lastId >= 0 && row.FirstId > _lastId + 1)
        {
            _missing += row.FirstId - _lastId - 1;
            Allows(_gaps, policy.Gap, "--on-gap keep", row, string.Create(CultureInfo.InvariantCulture, $"{row.FirstId - _lastId - 1} {Unit} are missing before {Named(row)}"));
        }

        _lastId = Math.Max(_lastId, row.LastId);
        return true;
    }

    /// <summary>A line for each kind of finding.</summary>
    public IReadOnlyList<string> Findings() =>
    [
        .. new[]
        {
            _gaps.Text(string.Create(CultureInfo.InvariantCulture, $"{_missing} {Unit} missing"), keeps: true),
            _repeats.Text("", policy.Duplicate == ImportChoice.Keep), _disorder.Text("", policy.Disorder == ImportChoice.Keep),
            _offGrid.Text("", policy.Irregular == ImportChoice.Keep), _empty.Text("", keeps: true),
        }.OfType<string>(),
    ];

    private bool AcceptsBar(in ArchiveRow row)
    {
        if (_interval != TimeSpan.Zero && row.Interval != _interval)
        {
            throw new BarFileException($"{file}, line {row.Line}: a bar of {row.Interval} after bars of {_interval}: import each interval from its file");
        }

        _interval = row.Interval;
        if (row.TradeCount == 0)
        {
            _empty.Add(row.Line);
        }

        return !row.IsOffGrid || Allows(_offGrid, policy.Irregular, "--on-irregular keep or drop", row, $"the bar of {row.Time} does not begin at a whole {row.Interval}");
    }

    private bool Allows(LineTally tally, ImportChoice choice, string remedy, in ArchiveRow row, string problem)
    {
        tally.Add(row.Line);
        return choice switch
        {
            ImportChoice.Refuse => throw new BarFileException($"{file}, line {row.Line}: {problem}: {remedy} reads such files"),
            _ => choice == ImportChoice.Keep,
        };
    }

    private string Named(in ArchiveRow row) => kind == ArchiveKind.Klines
        ? $"the bar of {row.Time}"
        : string.Create(CultureInfo.InvariantCulture, $"trade {row.FirstId}");
}
