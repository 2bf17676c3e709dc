namespace BtcAgent.Exchanges.Binance.Frames;

/// <summary>
/// Converts Binance's times: milliseconds on the streams by default, microseconds on request and in archives since 2025.
/// The magnitude shows the unit: 1e14 ms would be the year 5138, 1e14 µs is 1973.
/// </summary>
internal static class VenueTime
{
    private const long MicrosecondsFrom = 100_000_000_000_000;

    /// <summary>Latest time that <see cref="Timestamp"/> can hold, in the year 2262, in microseconds.</summary>
    private const long MicrosecondsMax = long.MaxValue / 1_000;

    public static bool TryRead(long value, out Timestamp time)
    {
        time = value switch
        {
            <= 0 or > MicrosecondsMax => Timestamp.Unknown,
            >= MicrosecondsFrom => Timestamp.FromUnixMicroseconds(value),
            _ => value <= long.MaxValue / Timestamp.NanosecondsPerMillisecond
                ? Timestamp.FromUnixMilliseconds(value)
                : Timestamp.Unknown,
        };
        return time.IsKnown;
    }
}
