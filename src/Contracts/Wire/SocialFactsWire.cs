using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain.Facts;

namespace BtcAgent.Contracts.Wire;

/// <summary>Converts facts about posts to messages.</summary>
internal static class SocialFactsWire
{
    public static ScoredPost ToWire(PostFact post) => new()
    {
        Source = post.Source,
        Id = post.Id,
        Language = post.Language,
        CreatedAt = post.CreatedAt.IsKnown ? post.CreatedAt.UnixNanoseconds : 0,
        ReceivedAt = post.ReceivedAt.UnixNanoseconds,
        KnownAt = post.KnownAt.UnixNanoseconds,
        Tone = post.Tone,
        Confidence = post.Confidence,
        Content = post.Content,
        Weight = post.Weight,
        Scorer = post.Scorer,
        ScorerHash = post.ScorerHash,
    };

    public static SentimentSums ToWire(SentimentFact sentiment) => new()
    {
        Asset = sentiment.Asset,
        Number = sentiment.Tally.Number,
        KnownAt = sentiment.Tally.KnownAt.UnixNanoseconds,
        Posts = sentiment.Tally.Posts,
        Content = sentiment.Tally.Content,
        ContentTone = sentiment.Tally.ContentTone,
        ContentToneSquared = sentiment.Tally.ContentToneSquared,
        ExtremeContent = sentiment.Tally.ExtremeContent,
        Influence = sentiment.Tally.Influence,
        InfluenceTone = sentiment.Tally.InfluenceTone,
        Scorer = sentiment.Tally.Scorer?.Id ?? "",
        ScorerHash = sentiment.Tally.Scorer?.Hash ?? "",
    };
}
