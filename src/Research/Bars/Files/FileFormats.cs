using System.Text;

namespace BtcAgent.Research.Bars.Files;

/// <summary>Recognises formats by the first bytes of a file.</summary>
internal static class FileFormats
{
    /// <exception cref="InvalidDataException">A format that is not read; the message names it and the remedy.</exception>
    public static FileFormat Of(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("PAR1"u8) || start.StartsWith("ARROW1"u8))
        {
            throw new InvalidDataException("it is Parquet or Feather, not CSV: export it with to_csv");
        }

        if (start.StartsWith("BZh"u8) || start.StartsWith("Rar!"u8)
            || start.StartsWith((ReadOnlySpan<byte>)[0x28, 0xb5, 0x2f, 0xfd]) || start.StartsWith((ReadOnlySpan<byte>)[(byte)'7', (byte)'z', 0xbc, 0xaf]))
        {
            throw new InvalidDataException("it is packed with zstd, bzip2, 7z or rar: unpack it, or pack it as .gz, .xz or .zip");
        }

        return start.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]) ? FileFormat.Gzip
            : start.StartsWith((ReadOnlySpan<byte>)[0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0]) ? FileFormat.Xz
            : start.StartsWith("PK\x03\x04"u8) || start.StartsWith("PK\x05\x06"u8) ? FileFormat.Zip
            : FileFormat.Plain;
    }

    public static bool IsPackedName(string path) => Path.GetExtension(path).ToLowerInvariant() is ".gz" or ".xz" or ".zip";

    /// <summary>Returns UTF-16 by its byte order mark, or by zero bytes beside the first letters; null for other texts.</summary>
    public static Encoding? WideEncodingOf(ReadOnlySpan<byte> start) => start switch
    {
        [0xff, 0xfe, 0, 0, ..] => Encoding.UTF32,
        [0xff, 0xfe, ..] or [> 0, 0, > 0, 0, ..] => Encoding.Unicode,
        [0xfe, 0xff, ..] or [0, > 0, 0, > 0, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };

    /// <exception cref="InvalidDataException">The bytes are not the start of a CSV text.</exception>
    public static void RequireText(ReadOnlySpan<byte> start)
    {
        foreach (var letter in start)
        {
            if (letter < ' ' && letter is not ((byte)'\r' or (byte)'\n' or (byte)'\t'))
            {
                throw new InvalidDataException("it has bytes that are not text");
            }
        }

        var text = start.StartsWith((ReadOnlySpan<byte>)[0xef, 0xbb, 0xbf]) ? start[3..] : start;
        text = text.TrimStart(" \r\n\t"u8);
        if (text.StartsWith("<!"u8) || text.StartsWith("<html"u8) || text.StartsWith("<HTML"u8) || text.StartsWith("<?xml"u8))
        {
            throw new InvalidDataException("it is a web page, not CSV: the download failed, look at the page in a browser");
        }

        if (text.StartsWith("{"u8) || text.StartsWith("["u8))
        {
            throw new InvalidDataException("it is JSON, not CSV: export it as CSV with a header");
        }
    }
}
