using System.Collections.Immutable;
using System.Text.Json;
using BtcAgent.Domain.Sentiment;

namespace BtcAgent.Exchanges.Binance.Tapes;

/// <summary>
/// Reads and writes tallies of posts beside a tape: one JSON object per line, <c>{"number":…,"knownAtNs":…,"posts":…,"content":…}</c>, in the order of numbers and
/// times. Names and units are those of <see cref="SentimentTally"/>; <c>knownAtNs</c> is in nanoseconds since 1970 UTC; sums that are left out are 0. <c>scorer</c> and <c>scorerHash</c> name who judged the tones, where that is known.
/// </summary>
public static class SentimentFile
{
    private static readonly InjectedLines Lines = new("tally", "tallies", "of posts");

    /// <exception cref="MarketFeedException">The file is absent, or a line is not a tally, repeats a number or is out of order; the message names the line.</exception>
    public static ImmutableArray<SentimentTally> Read(string path) => Lines.Read<TallyLine, SentimentTally>(path, sums => new SentimentTally
    {
        Number = sums.Number,
        KnownAt = new Timestamp(sums.KnownAtNs),
        Posts = sums.Posts,
        Content = sums.Content,
        ContentTone = sums.ContentTone,
        ContentToneSquared = sums.ContentToneSquared,
        ExtremeContent = sums.ExtremeContent,
        Influence = sums.Influence,
        InfluenceTone = sums.InfluenceTone,
        Scorer = sums is { Scorer: null, ScorerHash: null } ? null : new ScorerIdentity(sums.Scorer ?? "", sums.ScorerHash ?? ""),
    });

    /// <summary>The line of a tally, without its end.</summary>
    public static string LineOf(in SentimentTally tally) => JsonSerializer.Serialize(
        new TallyLine
        {
            Number = tally.Number,
            KnownAtNs = tally.KnownAt.UnixNanoseconds,
            Posts = tally.Posts,
            Content = tally.Content,
            ContentTone = tally.ContentTone,
            ContentToneSquared = tally.ContentToneSquared,
            ExtremeContent = tally.ExtremeContent,
            Influence = tally.Influence,
            InfluenceTone = tally.InfluenceTone,
            Scorer = tally.Scorer?.Id,
            ScorerHash = tally.Scorer?.Hash,
        },
        InjectedLines.Json);

    private sealed class TallyLine
    {
        public required long Number { get; init; }

        public required long KnownAtNs { get; init; }

        public long Posts { get; init; }

        public long Content { get; init; }

        public long ContentTone { get; init; }

        public long ContentToneSquared { get; init; }

        public long ExtremeContent { get; init; }

        public long Influence { get; init; }

        public long InfluenceTone { get; init; }

        public string? Scorer { get; init; }

        public string? ScorerHash { get; init; }
    }
}
