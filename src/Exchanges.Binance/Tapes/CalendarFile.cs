using System.Collections.Immutable;
using System.Text.Json;
using BtcAgent.Domain.Economy;

namespace BtcAgent.Exchanges.Binance.Tapes;

/// <summary>
/// Reads and writes notices of economic releases beside a tape: one JSON object per line, <c>{"number":…,"knownAtNs":…,"lastReleaseNs":…,"nextReleaseNs":…,"surprise":…}</c>,
/// in the order of numbers and times. Names and units are those of <see cref="CalendarNotice"/>; times are in nanoseconds since 1970 UTC; a value that is left out is unknown.
/// </summary>
public static class CalendarFile
{
    private static readonly InjectedLines Lines = new("notice", "notices", "of the calendar");

    /// <exception cref="MarketFeedException">The file is absent, or a line is not a notice, repeats a number or is out of order; the message names the line.</exception>
    public static ImmutableArray<CalendarNotice> Read(string path) => Lines.Read<NoticeLine, CalendarNotice>(path, line => new CalendarNotice
    {
        Number = line.Number,
        KnownAt = new Timestamp(line.KnownAtNs),
        LastRelease = new Timestamp(line.LastReleaseNs),
        NextRelease = new Timestamp(line.NextReleaseNs),
        Surprise = line.Surprise,
    });

    /// <summary>The line of a notice, without its end.</summary>
    public static string LineOf(in CalendarNotice notice) => JsonSerializer.Serialize(
        new NoticeLine
        {
            Number = notice.Number,
            KnownAtNs = notice.KnownAt.UnixNanoseconds,
            LastReleaseNs = notice.LastRelease.UnixNanoseconds,
            NextReleaseNs = notice.NextRelease.UnixNanoseconds,
            Surprise = notice.Surprise,
        },
        InjectedLines.Json);

    private sealed class NoticeLine
    {
        public required long Number { get; init; }

        public required long KnownAtNs { get; init; }

        public long LastReleaseNs { get; init; }

        public long NextReleaseNs { get; init; }

        public long? Surprise { get; init; }
    }
}
