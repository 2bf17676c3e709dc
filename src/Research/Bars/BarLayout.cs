using System.Text;
using BtcAgent.Research.Bars.Times;

namespace BtcAgent.Research.Bars;

/// <summary>How a file writes its rows, found from its start.</summary>
/// <param name="Separator">Between fields.</param>
/// <param name="HasDecimalComma">True when numbers are written <c>1,5</c>.</param>
/// <param name="Columns">Where the values are.</param>
/// <param name="Times">Reads the times.</param>
/// <param name="Header">The header line; empty without one.</param>
/// <param name="RowsFrom">Number of lines before the first row.</param>
/// <param name="Remarks">The assumptions made.</param>
internal sealed record BarLayout(
    byte Separator, bool HasDecimalComma, BarColumns Columns, TimeReader Times, byte[] Header, int RowsFrom, IReadOnlyList<string> Remarks)
{
    private const int HeaderLineMax = 20;
    private const int SampleRows = 20_000;
    private const int ColumnsMin = 6;
    private const int Needed = 6;

    private static readonly byte[] Separators = [(byte)',', (byte)';', (byte)'\t', (byte)'|'];

    /// <param name="start">The first lines of the file, whole.</param>
    /// <param name="timeFormat">How times are written; null to find out.</param>
    /// <exception cref="FormatException">There is neither a header nor a row; the message gives the line.</exception>
    public static BarLayout Detect(ReadOnlySpan<byte> start, string? timeFormat)
    {
        var lines = LinesOf(start);
        var (best, named, separator) = (-1, -1, Separators[0]);
        for (var i = 0; i < Math.Min(lines.Count, HeaderLineMax); i++)
        {
            foreach (var candidate in Separators)
            {
                var fields = CsvFields.Split(lines[i], candidate);
                if (named < 0 && IsRow(fields))
                {
                    return Make(lines, i, hasHeader: false, candidate, BarColumns.WithoutHeader(fields.Length), timeFormat);
                }

                var count = BarColumns.CountNamed(fields);
                (best, named, separator) = count > named && (count > 0 || best < 0) ? (i, count, candidate) : (best, named, separator);
            }

            if (named == Needed)
            {
                break;
            }

            named = Math.Max(named, 0);
        }

        return best < 0
            ? throw new FormatException("line 1: there is no header")
            : Make(lines, best, hasHeader: true, separator, ColumnsOf(lines[best], separator, best), timeFormat);
    }

    private static BarColumns ColumnsOf(byte[] line, byte separator, int index)
    {
        try
        {
            return BarColumns.Parse(CsvFields.Split(line, separator));
        }
        catch (FormatException problem)
        {
            throw new FormatException($"line {index + 1}: {problem.Message}", problem);
        }
    }

    private static BarLayout Make(
        List<byte[]> lines, int index, bool hasHeader, byte separator, BarColumns columns, string? timeFormat)
    {
        var remarks = new List<string>();
        var before = lines.Take(index).Where(line => line.AsSpan().ContainsAnyExcept(" \t\uFEFF"u8)).ToArray();
        if (before.Length > 0)
        {
            remarks.Add($"{before.Length} line(s) before the header skipped: '{Shown(before[0])}'");
        }

        if (!hasHeader)
        {
            remarks.Add("no header: columns are taken as time, open, high, low, close, volume");
        }

        if (separator != Separators[0])
        {
            remarks.Add($"fields are separated by {(separator == '\t' ? "tabs" : $"'{(char)separator}'")}");
        }

        if (columns.Names[columns.Volume] is not ("volume" or "vol" or "v"))
        {
            remarks.Add($"the volume is the column '{columns.Names[columns.Volume]}'");
        }

        var rowsFrom = hasHeader ? index + 1 : index;
        var rows = lines.Skip(rowsFrom).Take(SampleRows).ToList();
        var comma = separator != ',' && rows.Take(100).Any(row => HasDecimalCommas(row, separator, columns));
        if (comma)
        {
            remarks.Add("numbers are read with a decimal comma");
        }

        var times = timeFormat is null ? DetectTimes(rows, rowsFrom, separator, columns) : TimeReader.Of(timeFormat);
        if (times.Remark is { } remark)
        {
            remarks.Add(remark);
        }

        return new BarLayout(separator, comma, columns, times, hasHeader ? lines[index] : [], rowsFrom, remarks);
    }

    private static TimeReader DetectTimes(List<byte[]> rows, int rowsFrom, byte separator, BarColumns columns)
    {
        try
        {
            return TimeReader.Detect([.. rows.Where(row => row.Length > 0).Select(row => columns.TimeOf(row, separator)).OfType<byte[]>()]);
        }
        catch (FormatException problem)
        {
            throw new FormatException($"line {rowsFrom + 1}: {columns.Names[columns.Time]} {problem.Message}", problem);
        }
    }

    private static bool HasDecimalCommas(byte[] row, byte separator, BarColumns columns)
    {
        var fields = CsvFields.Split(row, separator);
        return fields.Length > columns.Close && fields[columns.Close].Count(letter => letter == ',') == 1
            && fields[columns.Close].All(letter => char.IsAsciiDigit(letter) || letter == ',');
    }

    /// <summary>Returns true for a time and five numbers, as archives without a header have them.</summary>
    private static bool IsRow(string[] fields) =>
        fields.Length >= ColumnsMin && fields[0].Length > 0 && char.IsAsciiDigit(fields[0][0])
        && fields.Skip(1).Take(ColumnsMin - 1).All(field => field.Length > 0 && field.All(letter => char.IsAsciiDigit(letter) || letter is '.' or ',' or 'e' or 'E' or '-' or '+'));

    private static List<byte[]> LinesOf(ReadOnlySpan<byte> start)
    {
        var lines = new List<byte[]>();
        start = start.StartsWith("\uFEFF"u8) ? start[3..] : start;
        while (!start.IsEmpty && lines.Count < SampleRows)
        {
            var end = start.IndexOf((byte)'\n');
            lines.Add(start[..(end < 0 ? start.Length : end)].TrimEnd((byte)'\r').ToArray());
            start = end < 0 ? [] : start[(end + 1)..];
        }

        return lines;
    }

    private static string Shown(byte[] line) => Encoding.UTF8.GetString(line.AsSpan(0, Math.Min(line.Length, 60)));
}
