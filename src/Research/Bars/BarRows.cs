using System.Globalization;
using System.Text;
using BtcAgent.Domain.Bars;
using BtcAgent.Research.Bars.Times;

namespace BtcAgent.Research.Bars;

/// <summary>Parses the rows of one file without allocating strings.</summary>
internal sealed class BarRows(string path, BarLayout layout, BarBuffer bars, BarPolicy policy)
{
    private const int Decimals = 8;
    private const int NumberBytesMax = 64;

    /// <summary>Longest bar, a month.</summary>
    private const int SecondsMax = 31 * 86_400;

    private readonly BarColumns _columns = layout.Columns;
    private readonly int _fields = layout.Columns.Names.Length;
    private readonly RowTally _bad = new();
    private readonly RowTally _empty = new();
    private readonly RowTally _back = new();
    private byte[]? _symbol;
    private long _line = layout.RowsFrom;
    private int _headers;
    private int _rows;
    private string? _problem;

    public long VolumesRounded { get; private set; }

    /// <summary>From the first bar's open to its close time; null where the file has none.</summary>
    public TimeSpan? FirstLength { get; private set; }

    /// <summary>True until a row is not after the one before.</summary>
    public bool Ascends { get; private set; } = true;

    /// <exception cref="BarFileException">The row is not a bar, and the policy refuses it.</exception>
    public void Take(ReadOnlySpan<byte> line)
    {
        _line++;
        if (line is [.., (byte)'\r'])
        {
            line = line[..^1];
        }

        if (line.IsEmpty)
        {
            return;
        }

        if (TryParse(line, out var bar))
        {
            if (_rows > 0 && bar.OpenTime <= bars.LastOpenTime)
            {
                Ascends = false;
                if (bar.OpenTime < bars.LastOpenTime)
                {
                    _back.Add(_line);
                }
            }

            if (bars.Count == 0)
            {
                FirstLength = LengthOf(line, bar.OpenTime);
            }

            bars.Origins.Add(bars.Count, path, _line);
            bars.Add(bar);
            _rows++;
        }
        else if (_problem is not null)
        {
            Refuse(line, _problem);
        }
    }

    /// <summary>Archives write the last millisecond or microsecond of a bar as its close time.</summary>
    private TimeSpan? LengthOf(ReadOnlySpan<byte> line, Timestamp open)
    {
        var fields = _columns.CloseTime < 0 ? [] : CsvFields.Split(line, layout.Separator);
        if (_columns.CloseTime < 0 || fields.Length <= _columns.CloseTime
            || !layout.Times.TryRead(Encoding.UTF8.GetBytes(fields[_columns.CloseTime]), out var close))
        {
            return null;
        }

        var seconds = Math.Ceiling((close - open).TotalSeconds);
        return seconds is > 0 and <= SecondsMax ? TimeSpan.FromSeconds(seconds) : null;
    }

    private string Name => Path.GetFileName(path);

    /// <summary>Returns what was skipped, repaired or out of order, a line for each.</summary>
    public IEnumerable<string> Remarks()
    {
        foreach (var remark in layout.Remarks)
        {
            yield return $"{Name}: {remark}";
        }

        if (_back.Count > 0)
        {
            yield return _back.Count >= _rows - 1
                ? $"{Name}: rows are newest first; their order was restored"
                : Invariant($"{Name}: {_back.Count} rows are earlier than the row before ({_back.Lines}); sorted by time");
        }

        if (_headers > 0)
        {
            yield return Invariant($"{Name}: {_headers} repeated header lines skipped");
        }

        if (_empty.Count > 0)
        {
            yield return Invariant($"{Name}: {_empty.Count} rows without prices skipped ({_empty.Lines})");
        }

        if (_bad.Count > 0)
        {
            yield return Invariant($"{Name}: {_bad.Count} rows that are not bars skipped ({_bad.Lines}); the first: {_bad.FirstReason}");
        }
    }

    private void Refuse(ReadOnlySpan<byte> line, string problem)
    {
        _problem = null;
        if (layout.Header.Length > 0 && line.SequenceEqual(layout.Header))
        {
            _headers++;
            return;
        }

        if (policy.BadRows == RowPolicy.Refuse)
        {
            throw new BarFileException(Invariant($"{path}, line {_line}: {problem}; --bad-rows skip leaves such rows out"));
        }

        _bad.Add(_line, problem);
    }

    private bool TryParse(ReadOnlySpan<byte> line, out Bar bar)
    {
        bar = default;
        Span<int> ends = stackalloc int[_columns.Last + 1];
        var count = CsvFields.FindEnds(line, layout.Separator, ends);
        if (count < ends.Length)
        {
            return Wrong($"{count} columns, the header has at least {ends.Length}");
        }

        if (ends[^1] < line.Length && HasMore(line[ends[^1]..]))
        {
            return Wrong($"more columns than the {_fields} of the header: is the decimal point a comma, or a separator inside a number?");
        }

        if (!TryReadTime(line, ends, out var time) || (_columns.Symbol >= 0 && !IsSameSymbol(Field(line, ends, _columns.Symbol))))
        {
            return false;
        }

        var open = Price(Field(line, ends, _columns.Open), "open");
        var high = Price(Field(line, ends, _columns.High), "high");
        var low = Price(Field(line, ends, _columns.Low), "low");
        var close = Price(Field(line, ends, _columns.Close), "close");
        if (_problem is not null)
        {
            return Empty(line, ends);
        }

        if (high < low || high < open || high < close || low > open || low > close)
        {
            return Wrong($"high {high} and low {low} don't enclose open {open} and close {close}: are the columns named right?");
        }

        var volume = Volume(Field(line, ends, _columns.Volume));
        bar = new Bar(time, TimeSpan.Zero, open, high, low, close, volume, Quantity.Zero, 0, volume.IsZero ? 0 : 1);
        return _problem is null;
    }

    private bool TryReadTime(ReadOnlySpan<byte> line, ReadOnlySpan<int> ends, out Timestamp time)
    {
        var field = _columns.Clock < 0
            ? Field(line, ends, _columns.Time)
            : [.. Field(line, ends, _columns.Time), (byte)' ', .. Field(line, ends, _columns.Clock)];
        if (layout.Times.TryRead(field, out time))
        {
            return true;
        }

        var name = _columns.Names[_columns.Time];
        return Wrong($"{(name.Length == 0 ? "time" : name)} '{Text(field)}' is not a time: {TimeReader.Expected}");
    }

    /// <summary>Returns false, as for every row that is not a bar; a row without any price is empty, not wrong.</summary>
    private bool Empty(ReadOnlySpan<byte> line, ReadOnlySpan<int> ends)
    {
        if (policy.EmptyRows == RowPolicy.Skip
            && IsNone(Field(line, ends, _columns.Open)) && IsNone(Field(line, ends, _columns.High))
            && IsNone(Field(line, ends, _columns.Low)) && IsNone(Field(line, ends, _columns.Close)))
        {
            _problem = null;
            _empty.Add(_line);
        }

        return false;
    }

    private static bool IsNone(ReadOnlySpan<byte> field) =>
        field.IsEmpty || Ascii.EqualsIgnoreCase(field, "nan"u8) || Ascii.EqualsIgnoreCase(field, "null"u8) || Ascii.EqualsIgnoreCase(field, "na"u8)
        || Ascii.EqualsIgnoreCase(field, "n/a"u8) || Ascii.EqualsIgnoreCase(field, "none"u8) || field is [(byte)'-'];

    private bool IsSameSymbol(ReadOnlySpan<byte> symbol)
    {
        _symbol ??= symbol.ToArray();
        return symbol.SequenceEqual(_symbol)
            || Wrong($"symbol '{Text(symbol)}' after '{Text(_symbol)}': a file of bars has one instrument");
    }

    /// <summary>Returns true when a row has more values than the header has columns.</summary>
    private bool HasMore(ReadOnlySpan<byte> rest)
    {
        var further = _fields - (_columns.Last + 1);
        return rest.Count(layout.Separator) > further && !rest.Contains((byte)'"')
            && CsvFields.CountFilled(rest, layout.Separator) > further;
    }

    private ReadOnlySpan<byte> Field(ReadOnlySpan<byte> line, ReadOnlySpan<int> ends, int index) =>
        CsvFields.Trim(CsvFields.Field(line, ends, index));

    private Price Price(ReadOnlySpan<byte> field, string name)
    {
        if (Domain.Price.TryParse(field, out var price) && !price.IsZero)
        {
            return price;
        }

        if (TryDecimal(field, out var value) && value > 0 && decimal.Round(value, Decimals) == value && value < 9e10m)
        {
            return Domain.Price.FromDecimal(value);
        }

        Wrong($"{name} '{Text(field)}' is not a price above 0 with at most {Decimals} decimals");
        return default;
    }

    private Quantity Volume(ReadOnlySpan<byte> field)
    {
        if (Quantity.TryParse(field, out var volume))
        {
            return volume;
        }

        if (!TryDecimal(field, out var value) || value < 0 || value > 9e10m)
        {
            Wrong($"volume '{Text(field)}' is not a number of 0 or more");
            return default;
        }

        VolumesRounded += decimal.Round(value, Decimals) == value ? 0 : 1;
        return Quantity.RoundDown(value);
    }

    private bool TryDecimal(ReadOnlySpan<byte> field, out decimal value)
    {
        if (!layout.HasDecimalComma || field.Length > NumberBytesMax)
        {
            return decimal.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        }

        Span<byte> number = stackalloc byte[field.Length];
        field.Replace(number, (byte)',', (byte)'.');
        return decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    private static string Text(ReadOnlySpan<byte> field)
    {
        const int Shown = 40;
        return Encoding.UTF8.GetString(field[..Math.Min(Shown, field.Length)]);
    }

    /// <summary>Keeps the first problem of a row.</summary>
    private bool Wrong(FormattableString what)
    {
        _problem ??= Invariant(what);
        return false;
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
