using System.IO.Compression;

namespace BtcAgent.Exchanges.Binance.Tapes;

/// <summary>Opens tapes and checks before the first frame that they are tapes and in order of time.</summary>
internal static class TapeStart
{
    private const int FirstLineBytesMax = 64;
    private const int FileBufferSize = 64 * 1024;

    /// <exception cref="MarketFeedException">The file is absent, unreadable or not gzip.</exception>
    public static Stream Open(string path)
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, FileBufferSize);
            if (file.ReadByte() == 0x1f && file.ReadByte() == 0x8b)
            {
                file.Position = 0;
                return new GZipStream(file, CompressionMode.Decompress);
            }

            file.Dispose();
            throw new MarketFeedException($"'{path}' is not a tape: expected a gzip file of lines "
                + "'<receive time in ns since 1970> <frame>', as the recorder writes them");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new MarketFeedException($"tape '{path}' cannot be opened: {problem.Message} "
                + "Give the path of a readable tape file", problem);
        }
    }

    /// <exception cref="MarketFeedException">A tape starts before the previous one.</exception>
    public static void RequireOrder(IReadOnlyList<string> paths)
    {
        var last = Timestamp.Unknown;
        var lastPath = "";
        foreach (var path in paths)
        {
            var start = FirstTime(path);
            if (start.IsKnown && start < last)
            {
                throw new MarketFeedException($"tape '{path}' starts at {start}, before '{lastPath}' ({last}): "
                    + "give the tapes in the order of time");
            }

            if (start.IsKnown)
            {
                last = start;
                lastPath = path;
            }
        }
    }

    /// <summary>True for a gzip file that begins with a line of a tape; false also when it cannot be read.</summary>
    public static bool IsTape(string path)
    {
        try
        {
            return FirstTime(path).IsKnown;
        }
        catch (MarketFeedException)
        {
            return false;
        }
    }

    private static Timestamp FirstTime(string path)
    {
        using var stream = Open(path);
        Span<byte> head = stackalloc byte[FirstLineBytesMax];
        try
        {
            var read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            return TapeLine.TrySplit(head[..read], out var time, out _) ? time : Timestamp.Unknown;
        }
        catch (InvalidDataException)
        {
            // Reported with its line number when the tape is read.
            return Timestamp.Unknown;
        }
    }
}
