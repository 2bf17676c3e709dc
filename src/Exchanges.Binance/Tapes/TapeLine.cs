using System.Buffers.Text;

namespace BtcAgent.Exchanges.Binance.Tapes;

/// <summary>One line of a tape: <c>&lt;receive time, ns since epoch&gt; &lt;frame&gt;</c>.</summary>
internal static class TapeLine
{
    public const string Expectation = "expected '<receive time in ns since 1970> <frame>'";

    /// <summary>Year 1980 in nanoseconds. A smaller number is a time in ms or µs, or not a time.</summary>
    private const long NanosecondsMin = 315_532_800L * Timestamp.NanosecondsPerSecond;

    private const long SecondsOf2009 = 1_230_768_000;
    private const long SecondsOf2200 = 7_258_118_400;

    /// <summary>Returns the unit of the line's number if it is a plausible time in another unit than nanoseconds, or null.</summary>
    public static (string Unit, long Factor)? OtherUnit(ReadOnlySpan<byte> line)
    {
        if (Utf8Parser.TryParse(line, out long number, out var used) && used < line.Length && line[used] == (byte)' ')
        {
            foreach (var (unit, perSecond) in new[] { ("seconds", 1L), ("milliseconds", 1_000L), ("microseconds", 1_000_000L) })
            {
                if (number / perSecond is >= SecondsOf2009 and < SecondsOf2200)
                {
                    return (unit, Timestamp.NanosecondsPerSecond / perSecond);
                }
            }
        }

        return null;
    }

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
