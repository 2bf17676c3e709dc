using System.Buffers;
using System.Text;

namespace BtcAgent.Cli.Posts;

/// <summary>Splits a stream into lines of UTF-8. A line that is too long or not UTF-8 has a problem and does not lose the others; memory is bounded by the longest line.</summary>
internal static class PostLines
{
    /// <summary>Longest line in bytes: a post of 25,000 characters, each escaped for JSON, has 150,000.</summary>
    public const int BytesMax = 256 * 1024;

    private const int ReadBytes = 64 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static IEnumerable<PostLine> Read(Stream input, CancellationToken cancellationToken)
    {
        var buffer = new byte[ReadBytes];
        var line = new ArrayBufferWriter<byte>();
        var number = 1L;
        for (int read; (read = input.Read(buffer)) > 0;)
        {
            for (var at = 0; at < read;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var end = Array.IndexOf(buffer, (byte)'\n', at, read - at);
                Append(line, buffer.AsSpan(at..(end < 0 ? read : end)));
                at = end < 0 ? read : end + 1;
                if (end >= 0)
                {
                    yield return Line(number++, line.WrittenSpan);
                    line.ResetWrittenCount();
                }
            }
        }

        if (line.WrittenCount > 0)
        {
            yield return Line(number, line.WrittenSpan);
        }
    }

    /// <summary>Keeps one byte more than is allowed, so that the line is known to be too long.</summary>
    private static void Append(ArrayBufferWriter<byte> line, ReadOnlySpan<byte> bytes) =>
        line.Write(bytes[..Math.Min(bytes.Length, BytesMax + 1 - line.WrittenCount)]);

    private static PostLine Line(long number, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > BytesMax)
        {
            return new PostLine(number, null, $"is longer than {BytesMax / 1024} KiB: a post is one line; end each with a line feed");
        }

        bytes = number == 1 && bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        try
        {
            return new PostLine(number, StrictUtf8.GetString(bytes.TrimEnd((byte)'\r')), null);
        }
        catch (DecoderFallbackException e)
        {
            return new PostLine(number, null, $"is not UTF-8 from byte {Math.Max(0, e.Index) + 1} on: save the input as UTF-8");
        }
    }
}
