using BtcAgent.Domain.Sentiment;

namespace BtcAgent.Client.Api;

/// <summary>A tally of posts.</summary>
/// <param name="Number">Rises with each tally.</param>
/// <param name="At">When its scores were known.</param>
/// <param name="Posts">Posts; 0 says that the source is alive.</param>
/// <param name="Weight">Sum of the posts' weights by content and author.</param>
/// <param name="Tone">Mean tone by these weights, −1…1; null without any.</param>
/// <param name="ContentTone">Mean tone by the weights of the content alone, −1…1; null without any.</param>
public sealed record SentimentPoint(long Number, Timestamp At, long Posts, double Weight, double Tone, double ContentTone)
{
    private const double Units = 1e8;

    internal static SentimentPoint Of(SentimentTally tally) => new(
        tally.Number, tally.KnownAt, tally.Posts, tally.Influence / Units, Mean(tally.InfluenceTone, tally.Influence), Mean(tally.ContentTone, tally.Content));

    /// <summary>NaN without weight.</summary>
    internal static double Mean(long tone, long weight) => weight > 0 ? (double)tone / weight : double.NaN;
}
