using System.Globalization;

namespace BtcAgent.Domain.MarketData;

/// <summary>The form that all kinds of <see cref="IInjectedEvent"/> share.</summary>
internal static class InjectedEvents
{
    /// <summary>A year about 2116: one bit of a price is needed for the sign.</summary>
    private const long NanosecondsMax = long.MaxValue / 2;

    /// <summary>How far a number may be ahead of the time at which it was known, as after a clock was set back: one day.</summary>
    private static readonly TimeSpan NumberAheadMax = TimeSpan.FromDays(1);

    public static MarketEvent Event<T>(MarketEventKind kind, in T known, long sequence, Timestamp injectedAt)
        where T : struct, IInjectedEvent
    {
        return new()
        {
            Kind = kind,
            Sequence = sequence,
            ReceiveTime = injectedAt > known.KnownAt ? injectedAt : known.KnownAt,
            FirstId = known.Number,
            LastId = known.Number,
            BidCount = known.LevelCount,
        };
    }

    public static string? Problem(long number, Timestamp knownAt) =>
        number < 1 ? Text($"number {number} is not positive")
        : knownAt.UnixNanoseconds is <= 0 or > NanosecondsMax ? Text($"it was known {knownAt.UnixNanoseconds} ns after 1970, 1 to {NanosecondsMax} are possible")
        : number - knownAt.UnixMilliseconds > NumberAheadMax.TotalMilliseconds ? Text($"number {number} is more than a day ahead of {knownAt}, when it was known")
        : null;

    /// <summary>Two values as a level. Prices and quantities are never negative: the sign takes the lowest bit.</summary>
    public static PriceLevel Level(long first, long second) => new(Price.FromUnits(Folded(first)), Quantity.FromUnits(Folded(second)));

    public static long First(PriceLevel level) => Unfolded(level.Price.Units);

    public static long Second(PriceLevel level) => Unfolded(level.Quantity.Units);

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static long Folded(long value) => (value << 1) ^ (value >> 63);

    private static long Unfolded(long folded) => (folded >> 1) ^ -(folded & 1);
}
