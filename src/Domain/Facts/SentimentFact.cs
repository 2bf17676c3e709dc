using BtcAgent.Domain.Sentiment;

namespace BtcAgent.Domain.Facts;

/// <summary>A tally of posts, as it was published to the feeds.</summary>
/// <param name="Asset">The asset, such as <c>BTC</c>.</param>
/// <param name="Tally">The sums.</param>
/// <param name="Scorer">Id of the scorer.</param>
/// <param name="ScorerHash">SHA-256 of what the scorer reads tones from.</param>
public sealed record SentimentFact(string Asset, SentimentTally Tally, string Scorer, string ScorerHash) : Fact
{
    public override FactTopic Topic => FactTopic.Sentiment;

    public override string Key => Asset;

    public override Timestamp Time => Tally.KnownAt;
}
