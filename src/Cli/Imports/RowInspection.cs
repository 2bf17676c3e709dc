using System.Globalization;
using BtcAgent.History.Imports;
using BtcAgent.Research.Bars;

namespace BtcAgent.Cli.Imports;

/// <summary>Judges the rows of one kind in the order of their file, by the policy.</summary>
internal sealed class RowInspection(string file, string lineName, RowKind kind, ImportPolicy policy)
{
    private readonly IdRanges _seen = new();
    private readonly LineTally _gaps = new("gaps", lineName);
    private readonly LineTally _repeats = new(kind == RowKind.Quote ? "repeated quotes" : "repeated rows", lineName);
    private readonly LineTally _disorder = new(kind == RowKind.Quote ? "quotes earlier than one before" : "rows earlier than a row before", lineName);
    private readonly LineTally _offGrid = new("bars off the grid of their interval", lineName);
    private readonly LineTally _empty = new("bars without a trade, as in an outage", lineName);
    private long _missing;
    private long _lastId = -1;

    private string Unit => kind == RowKind.Bar ? "bars" : "trades";

    /// <summary>True when the row is to be stored.</summary>
    /// <exception cref="BarFileException">The policy refuses it.</exception>
    public bool Accepts(in ImportRow row)
    {
        if (kind == RowKind.Bar && !AcceptsBar(row))
        {
            return false;
        }

        if (IsRepeat(row) && !Allows(_repeats, policy.Duplicate, "--on-duplicate drop", row, $"{Named(row)} was in the file before"))
        {
            return false;
        }

        if (row.FirstId < _lastId && !Allows(_disorder, policy.Disorder, "--on-disorder keep or drop", row, $"{Named(row)} is after {_lastId}"))
        {
            return false;
        }

        // Quotes have the ids of all updates of the book: a hole is not a loss.
        if (kind != RowKind.Quote && _lastId >= 0 && row.FirstId > _lastId + 1)
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

    /// <summary>The ids of quotes have holes, so that a set of them would grow with the file: those in order are compared with the last one.</summary>
    private bool IsRepeat(in ImportRow row) => row.IsRepeat ?? (kind == RowKind.Quote ? row.FirstId == _lastId : !_seen.Add(row.FirstId, row.LastId));

    private bool AcceptsBar(in ImportRow row)
    {
        if (row.IsEmpty)
        {
            _empty.Add(row.Line);
        }

        return !row.IsOffGrid || Allows(_offGrid, policy.Irregular, "--on-irregular keep or drop", row, $"the bar of {row.Time} is off the grid of its interval, or cut short by the next one");
    }

    private bool Allows(LineTally tally, ImportChoice choice, string remedy, in ImportRow row, string problem)
    {
        tally.Add(row.Line);
        return choice switch
        {
            ImportChoice.Refuse => throw new BarFileException($"{file}, {lineName} {row.Line}: {problem}: {remedy} reads such files"),
            _ => choice == ImportChoice.Keep,
        };
    }

    private string Named(in ImportRow row) => kind switch
    {
        RowKind.Bar => $"the bar of {row.Time}",
        RowKind.Quote => string.Create(CultureInfo.InvariantCulture, $"quote {row.FirstId}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"trade {row.FirstId}"),
    };
}
