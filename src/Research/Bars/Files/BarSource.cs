using System.IO.Compression;
using System.Text;

namespace BtcAgent.Research.Bars.Files;

/// <summary>One text of rows: a file, unpacked, or an entry of a zip.</summary>
/// <param name="Name">Path, with the entry's name behind it.</param>
/// <param name="Text">The unpacked bytes, as UTF-8 in lines that end in LF or CR/LF.</param>
internal sealed record BarSource(string Name, Stream Text)
{
    private const int FileBufferBytes = 1 << 16;
    private const int StartBytes = 512;

    /// <summary>Opens the texts of a file one after another; each is closed before the next. The content decides the format.</summary>
    /// <param name="path">The file.</param>
    /// <param name="remark">Receives what was assumed.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or of a format that is not read.</exception>
    public static IEnumerable<BarSource> Open(string path, Action<string> remark)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileBufferBytes, FileOptions.SequentialScan);
        var start = new byte[StartBytes];
        var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        switch (FileFormats.Of(start.AsSpan(0, length)))
        {
            case FileFormat.Gzip:
                yield return new BarSource(path, Decode(path, new CheckedGzip(file), remark));
                break;
            case FileFormat.Xz:
                yield return new BarSource(path, Decode(path, new ConcatenatedXz(file), remark));
                break;
            case FileFormat.Zip:
                foreach (var source in Entries(path, file, remark))
                {
                    yield return source;
                }

                break;
            default:
                if (FileFormats.IsPackedName(path))
                {
                    remark($"{path} is not packed, though its name says so: read as plain text");
                }

                yield return new BarSource(path, Decode(path, file, remark));
                break;
        }
    }

    private static IEnumerable<BarSource> Entries(string path, Stream file, Action<string> remark)
    {
        using var zip = OpenZip(file);
        var entries = zip.Entries.Where(IsText).OrderBy(entry => entry.FullName, StringComparer.Ordinal).ToArray();
        if (entries.Length == 0)
        {
            throw new InvalidDataException(zip.GetEntry("xl/workbook.xml") is not null
                ? "it is an Excel workbook: save it as CSV"
                : $"the zip has no .csv or .txt, but: {string.Join(", ", zip.Entries.Take(5).Select(entry => entry.FullName))}");
        }

        if (entries.Length > 1)
        {
            remark($"{path}: its {entries.Length} files are read in the order of their names");
        }

        foreach (var entry in entries)
        {
            using var content = new CheckedEntry(entry);
            yield return new BarSource($"{path}, {entry.FullName}", Decode(path, content, remark));
        }
    }

    private static ZipArchive OpenZip(Stream file)
    {
        try
        {
            return new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        }
        catch (InvalidDataException problem)
        {
            throw new InvalidDataException($"the zip is cut off or damaged ({problem.Message}); download it again", problem);
        }
    }

    private static bool IsText(ZipArchiveEntry entry) =>
        Path.GetExtension(entry.Name).ToLowerInvariant() is ".csv" or ".txt"
        && !entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal) && !entry.Name.StartsWith("._", StringComparison.Ordinal)
        && !entry.Name.StartsWith("readme", StringComparison.OrdinalIgnoreCase);

    /// <summary>Converts UTF-16 to UTF-8, and single CRs to LFs.</summary>
    private static Stream Decode(string path, Stream bytes, Action<string> remark)
    {
        var opened = new StartedStream(bytes);
        var start = opened.Start;
        var encoding = FileFormats.WideEncodingOf(start);
        if (encoding is not null)
        {
            remark($"{path} is {encoding.WebName.ToUpperInvariant()}: read as text of that encoding");
            opened = new StartedStream(Encoding.CreateTranscodingStream(opened, encoding, new UTF8Encoding(false)));
            start = opened.Start;
        }

        FileFormats.RequireText(start);
        return start.Contains((byte)'\r') && !start.Contains((byte)'\n') ? new LineFeeds(opened) : opened;
    }
}
