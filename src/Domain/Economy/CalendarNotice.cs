using BtcAgent.Domain.MarketData;
using static BtcAgent.Domain.MarketData.InjectedEvents;

namespace BtcAgent.Domain.Economy;

/// <summary>
/// The whole knowledge of the calendar of economic releases at an instant. Sent when something of it changes, and at least every 10 minutes as a sign
/// that its source is alive.
/// </summary>
[GenerateSerializer, Immutable, Alias("CalendarNotice")]
public readonly record struct CalendarNotice : IInjectedEvent
{
    /// <inheritdoc/>
    [Id(0)] public required long Number { get; init; }

    /// <summary>When it was known, by our clock: not the time of a release, and not the date to which a value belongs.</summary>
    [Id(1)] public required Timestamp KnownAt { get; init; }

    /// <summary>When the last release was due; <see cref="Timestamp.Unknown"/> if none is known.</summary>
    [Id(2)] public Timestamp LastRelease { get; init; }

    /// <summary>When the next release is due; <see cref="Timestamp.Unknown"/> if none is known.</summary>
    [Id(3)] public Timestamp NextRelease { get; init; }

    /// <summary>Surprise of the last release that has one, in 1e-8 standard deviations, −1e10…1e10; null if none is known.</summary>
    [Id(4)] public long? Surprise { get; init; }

    /// <summary>Price levels that <see cref="Write"/> fills.</summary>
    public const int LevelCount = 3;

    /// <summary>Largest surprise, up or down: 100 standard deviations.</summary>
    public const double SurpriseMax = 100;

    /// <summary>A release may be at most this far away: 400 days.</summary>
    public static readonly TimeSpan DistanceMax = TimeSpan.FromDays(400);

    int IInjectedEvent.LevelCount => LevelCount;

    /// <inheritdoc/>
    public MarketEvent ToEvent(long sequence, Timestamp injectedAt) => Event(MarketEventKind.Calendar, in this, sequence, injectedAt);

    /// <inheritdoc/>
    public ReadOnlySpan<PriceLevel> Write(Span<PriceLevel> levels)
    {
        levels[0] = Level(KnownAt.UnixNanoseconds, LastRelease.UnixNanoseconds);
        levels[1] = Level(NextRelease.UnixNanoseconds, Surprise is null ? 0 : 1);
        levels[2] = Level(Surprise ?? 0, 0);
        return levels[..LevelCount];
    }

    /// <summary>Reads the notice of an event.</summary>
    /// <exception cref="ArgumentException">The event is of another kind, or has other levels.</exception>
    public static CalendarNotice Read(in MarketEvent marketEvent, ReadOnlySpan<PriceLevel> levels)
    {
        if (marketEvent.Kind != MarketEventKind.Calendar || levels.Length != LevelCount)
        {
            throw new ArgumentException($"a {marketEvent.Kind} with {levels.Length} levels is not a notice of the calendar", nameof(levels));
        }

        return new CalendarNotice
        {
            Number = marketEvent.LastId,
            KnownAt = new Timestamp(First(levels[0])),
            LastRelease = new Timestamp(Second(levels[0])),
            NextRelease = new Timestamp(First(levels[1])),
            Surprise = Second(levels[1]) == 0 ? null : First(levels[2]),
        };
    }

    /// <inheritdoc/>
    public string? Problem() =>
        InjectedEvents.Problem(Number, KnownAt)
        ?? (LastRelease.IsKnown && (LastRelease > KnownAt || LastRelease.UnixNanoseconds < (KnownAt - DistanceMax).UnixNanoseconds)
            ? Text($"last release {LastRelease} is not in the {DistanceMax.TotalDays} days before {KnownAt}, when it was known")
        : NextRelease.IsKnown && (NextRelease <= KnownAt || NextRelease > KnownAt + DistanceMax)
            ? Text($"next release {NextRelease} is not in the {DistanceMax.TotalDays} days after {KnownAt}, when it was known")
        : Surprise is < -(long)(SurpriseMax * FixedPoint.Scale) or > (long)(SurpriseMax * FixedPoint.Scale)
            ? Text($"surprise {Surprise}, at most {SurpriseMax} standard deviations are possible")
        : null);
}
