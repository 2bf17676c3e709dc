using BtcAgent.Domain.Sentiment;

namespace BtcAgent.Domain.Facts;

/// <summary>A tally of posts, as it was published to the feeds.</summary>
/// <param name="Asset">The asset, such as <c>BTC</c>.</param>
/// <param name="Tally">The sums.</param>
public sealed record SentimentFact(string Asset, SentimentTally Tally) : Fact
{
    public override FactTopic Topic => FactTopic.Sentiment;

    public override string Key => Asset;

    public override Timestamp Time => Tally.KnownAt;
}
