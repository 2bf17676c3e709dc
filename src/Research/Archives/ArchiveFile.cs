using BtcAgent.Research.Bars;
using BtcAgent.Research.Bars.Files;

namespace BtcAgent.Research.Archives;

/// <summary>
/// Reads files of Binance's archive row by row: plain, <c>.gz</c>, <c>.xz</c> or <c>.zip</c>, with or without a header, times in s, ms, µs
/// or ns. docs/files.md lists the columns.
/// </summary>
public static class ArchiveFile
{
    private const int LineBytesMax = 1 << 16;

    /// <summary>Kind of a file by its first row; null when it is none of them.</summary>
    /// <exception cref="BarFileException">The file is absent or damaged.</exception>
    public static ArchiveKind? KindOf(string path)
    {
        ReadOnlyMemory<byte> header = default;
        foreach (var (_, line) in Lines(path, _ => { }).Take(2))
        {
            if (ArchiveRows.KindOf(line) is { } kind)
            {
                return kind == ArchiveKind.Klines && !header.IsEmpty && !ArchiveRows.IsKlineHeader(header) ? null : kind;
            }

            header = line.ToArray(); // The buffer is used again.
        }

        return null;
    }

    /// <param name="path">The file.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="remark">Receives what was assumed.</param>
    /// <exception cref="BarFileException">The file is damaged, or a row is not of the kind; the message names file, line, column and value.</exception>
    public static IEnumerable<ArchiveRow> Read(string path, ArchiveKind kind, Action<string> remark)
    {
        foreach (var (number, line) in Lines(path, remark))
        {
            if (number == 1 && ArchiveRows.IsHeader(line))
            {
                continue;
            }

            yield return ArchiveRows.TryParse(line, kind, number, out var row, out var problem)
                ? row
                : throw new BarFileException(FormattableString.Invariant($"{path}, line {number}: {problem}"));
        }
    }

    private static IEnumerable<(long Number, ReadOnlyMemory<byte> Line)> Lines(string path, Action<string> remark)
    {
        using var sources = Guarded(path, () => BarSource.Open(path, remark).GetEnumerator());
        while (Guarded(path, sources.MoveNext))
        {
            var buffer = new byte[LineBytesMax];
            var (start, end, number) = (0, 0, 0L);
            while (true)
            {
                var length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
                var read = 0;
                if (length < 0)
                {
                    buffer.AsSpan(start, end - start).CopyTo(buffer);
                    (start, end) = (0, end - start);
                    if (end == buffer.Length)
                    {
                        throw new BarFileException($"{sources.Current.Name}: a line is longer than {LineBytesMax} bytes: this is not an archive of rows");
                    }

                    read = Guarded(path, () => sources.Current.Text.Read(buffer, end, buffer.Length - end));
                    end += read;
                    if (read > 0)
                    {
                        continue;
                    }

                    length = end;
                }

                var line = buffer.AsMemory(start, length);
                number++;
                start = Math.Min(end, start + length + 1);
                line = line.Span is [.., (byte)'\r'] ? line[..^1] : line;
                if (!line.IsEmpty)
                {
                    yield return (number, line);
                }

                if (start >= end && length == end)
                {
                    break;
                }
            }
        }
    }

    private static T Guarded<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidDataException or SharpCompress.Common.SharpCompressException)
        {
            throw BarFile.Damaged(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BarFileException($"the archive cannot be read: {e.Message}");
        }
    }
}
