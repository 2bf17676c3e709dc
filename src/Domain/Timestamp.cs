using System.Text.Json.Serialization;

namespace BtcAgent.Domain;

/// <summary>
/// A UTC instant: nanoseconds since 1970-01-01 in a <see cref="long"/>, range 1970…2262, default the epoch (unknown).
/// </summary>
[GenerateSerializer, Immutable, Alias("Timestamp")]
[JsonConverter(typeof(TimestampJsonConverter))]
public readonly record struct Timestamp([property: Id(0)] long UnixNanoseconds) : IComparable<Timestamp>
{
    public const long NanosecondsPerMillisecond = 1_000_000;
    public const long NanosecondsPerSecond = 1_000_000_000;

    public static Timestamp Unknown => default;

    public bool IsKnown => UnixNanoseconds != 0;

    public long UnixMilliseconds => UnixNanoseconds / NanosecondsPerMillisecond;

    public static Timestamp FromUnixMilliseconds(long milliseconds) => new(checked(milliseconds * NanosecondsPerMillisecond));

    public static Timestamp FromUnixMicroseconds(long microseconds) => new(checked(microseconds * 1_000));

    public static Timestamp FromDateTimeOffset(DateTimeOffset time) => new((time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100);

    /// <summary>Truncated to 100 ns, the resolution of .NET time.</summary>
    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.UnixEpoch.AddTicks(UnixNanoseconds / 100);

    /// <summary>Start of the interval of the given length that contains this instant, counted from the epoch.</summary>
    public Timestamp RoundDownTo(TimeSpan interval)
    {
        var length = interval.Ticks * 100;
        return new(UnixNanoseconds - (UnixNanoseconds % length));
    }

    public int CompareTo(Timestamp other) => UnixNanoseconds.CompareTo(other.UnixNanoseconds);

    public override string ToString() => ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", null);

    public static bool operator <(Timestamp left, Timestamp right) => left.UnixNanoseconds < right.UnixNanoseconds;

    public static bool operator >(Timestamp left, Timestamp right) => left.UnixNanoseconds > right.UnixNanoseconds;

    public static bool operator <=(Timestamp left, Timestamp right) => left.UnixNanoseconds <= right.UnixNanoseconds;

    public static bool operator >=(Timestamp left, Timestamp right) => left.UnixNanoseconds >= right.UnixNanoseconds;

    public static Timestamp operator +(Timestamp time, TimeSpan span) => new(checked(time.UnixNanoseconds + (span.Ticks * 100)));

    public static Timestamp operator -(Timestamp time, TimeSpan span) => new(checked(time.UnixNanoseconds - (span.Ticks * 100)));

    public static TimeSpan operator -(Timestamp left, Timestamp right) =>
        TimeSpan.FromTicks((left.UnixNanoseconds - right.UnixNanoseconds) / 100);
}
