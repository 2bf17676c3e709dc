using System.Buffers.Text;

namespace BtcAgent.Exchanges.Binance.Tapes;

/// <summary>One line of a tape: <c>&lt;receive time, ns since epoch&gt; &lt;frame&gt;</c>.</summary>
internal static class TapeLine
{
    public const string Expectation = "expected '<receive time in ns since 1970> <frame>'";

    /// <summary>Year 1980 in nanoseconds. A smaller number is a time in ms or µs, or not a time.</summary>
    private const long NanosecondsMin = 315_532_800L * Timestamp.NanosecondsPerSecond;

    public static bool TrySplit(ReadOnlySpan<byte> line, out Timestamp receiveTime, out ReadOnlySpan<byte> frame)
    {
        receiveTime = default;
        frame = default;
        if (!Utf8Parser.TryParse(line, out long nanoseconds, out var used)
            || nanoseconds < NanosecondsMin
            || used + 1 >= line.Length
            || line[used] != (byte)' ')
        {
            return false;
        }

        receiveTime = new Timestamp(nanoseconds);
        frame = line[(used + 1)..].TrimEnd((byte)'\r');
        return !frame.IsEmpty;
    }
}
