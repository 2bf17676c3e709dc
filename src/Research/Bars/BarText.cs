using BtcAgent.Research.Bars.Files;

namespace BtcAgent.Research.Bars;

/// <summary>Reads one text of bars: finds its layout, then splits it into lines.</summary>
internal sealed class BarText(BarSource source, BarBuffer bars, BarPolicy policy, int limit)
{
    /// <summary>Longest line: more is not a row of bars.</summary>
    private const int BufferBytes = 1 << 20;

    /// <summary>Most unpacked bytes of one file, some 250 million rows: a packed file may hold a thousand times its size.</summary>
    private const long TextBytesMax = 16L << 30;

    private long _bytes;

    /// <exception cref="BarFileException">The text is not CSV, a row is refused, or the file is damaged.</exception>
    public BarRows? Read(CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferBytes];
        var filled = 0;
        for (int read; filled < buffer.Length && (read = ReadSome(buffer, filled)) > 0; filled += read)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (filled == 0)
        {
            return null;
        }

        var layout = Detect(buffer.AsSpan(0, filled));
        var rows = new BarRows(source.Name, layout, bars, policy);
        var skipped = 0;
        var isFirst = true;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = isFirst ? filled : ReadSome(buffer, filled);
            filled = isFirst ? filled : filled + read;
            isFirst = false;
            var rest = buffer.AsSpan(0, filled);
            for (var end = rest.IndexOf((byte)'\n'); end >= 0 && !IsEnough(rows); end = rest.IndexOf((byte)'\n'))
            {
                Take(rest[..end], rows, layout, ref skipped);
                rest = rest[(end + 1)..];
            }

            if (read == 0 || IsEnough(rows))
            {
                if (read == 0 && !rest.IsEmpty && !IsEnough(rows))
                {
                    Take(rest, rows, layout, ref skipped);
                }

                return rows;
            }

            if (rest.Length == buffer.Length)
            {
                throw new BarFileException(
                    $"{source.Name}: a line is longer than {BufferBytes} bytes: this is not a CSV file of bars");
            }

            filled = rest.Length;
            rest.CopyTo(buffer);
        }
    }

    /// <summary>The first bars are read when their number is, unless later rows may be earlier ones.</summary>
    private bool IsEnough(BarRows rows) => bars.Count >= limit && rows.Ascends;

    private static void Take(ReadOnlySpan<byte> line, BarRows rows, BarLayout layout, ref int skipped)
    {
        if (skipped < layout.RowsFrom)
        {
            skipped++;
            return;
        }

        rows.Take(line);
    }

    private BarLayout Detect(ReadOnlySpan<byte> start)
    {
        var end = start.LastIndexOf((byte)'\n');
        if (start.Length == BufferBytes && end < 0)
        {
            throw new BarFileException($"{source.Name}, line 1: a line is longer than {BufferBytes} bytes: this is not a CSV file of bars");
        }

        try
        {
            return BarLayout.Detect(start.Length == BufferBytes ? start[..end] : start, policy.TimeFormat);
        }
        catch (FormatException problem)
        {
            throw new BarFileException($"{source.Name}, {problem.Message}");
        }
    }

    private int ReadSome(byte[] buffer, int kept)
    {
        int read;
        try
        {
            read = source.Text.Read(buffer, kept, buffer.Length - kept);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or ObjectDisposedException))
        {
            throw BarFile.Damaged(source.Name, e);
        }

        _bytes += read;
        return _bytes <= TextBytesMax
            ? read
            : throw new BarFileException($"{source.Name}: unpacks to more than {TextBytesMax >> 30} GiB: this is not a file of bars");
    }
}
