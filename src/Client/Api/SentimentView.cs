using System.Collections.Immutable;
using BtcAgent.Contracts.Social;

namespace BtcAgent.Client.Api;

/// <summary>The tone of posts about bitcoin.</summary>
/// <param name="Scorer">Id of the scorer; null before the first tally.</param>
/// <param name="ScorerHash">SHA-256 of the texts that the scorer reads tones from; null before the first tally.</param>
/// <param name="IsAlive">Whether a tally came within 30 seconds.</param>
/// <param name="LastAt">Time of the last tally; null before the first.</param>
/// <param name="Minutes">Minutes that the figures cover.</param>
/// <param name="Posts">Posts in that time.</param>
/// <param name="Tone">Their mean tone by weight of content and author, −1…1; null without any weight.</param>
/// <param name="ContentTone">Their mean tone by weight of the content alone, −1…1; null without any weight.</param>
/// <param name="ExtremeShare">Share of the content's weight with a tone of 0.6 or more to either side, 0…1; null without any weight.</param>
/// <param name="Points">The tallies that are kept, at most 600, the oldest first.</param>
public sealed record SentimentView(
    string? Scorer, string? ScorerHash, bool IsAlive, Timestamp LastAt, int Minutes, long Posts, double Tone, double ContentTone, double ExtremeShare,
    ImmutableArray<SentimentPoint> Points)
{
    private const int MinutesShown = 10;

    private static readonly TimeSpan AliveFor = TimeSpan.FromSeconds(30);

    internal static SentimentView Of(SentimentBatch batch, long after, Timestamp now)
    {
        var (last, scorer) = batch.Tallies is [.., var newest] ? (newest.KnownAt, newest.Scorer) : (Timestamp.Unknown, null);
        var recent = batch.Tallies.Where(tally => tally.KnownAt >= now - TimeSpan.FromMinutes(MinutesShown)).ToList();
        var (content, influence) = (recent.Sum(tally => tally.Content), recent.Sum(tally => tally.Influence));
        return new SentimentView(
            scorer?.Id,
            scorer?.Hash,
            last.IsKnown && now - last <= AliveFor,
            last,
            MinutesShown,
            recent.Sum(tally => tally.Posts),
            SentimentPoint.Mean(recent.Sum(tally => tally.InfluenceTone), influence),
            SentimentPoint.Mean(recent.Sum(tally => tally.ContentTone), content),
            SentimentPoint.Mean(recent.Sum(tally => tally.ExtremeContent), content),
            [.. batch.Tallies.Where(tally => tally.Number > after).Select(SentimentPoint.Of)]);
    }
}
