using System.Collections.Immutable;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Sentiment;
using SentimentTally = BtcAgent.Contracts.Wire.V1.SentimentTally;
using Tally = BtcAgent.Domain.Sentiment.SentimentTally;
using WireEvent = BtcAgent.Contracts.Wire.V1.MarketEvent;

namespace BtcAgent.Contracts.Wire;

/// <summary>Converts tallies of posts to and from <c>Protos/market_data.proto</c>.</summary>
internal static class TallyWire
{
    public static SentimentTally ToWire(in Tally tally) => new()
    {
        KnownAt = tally.KnownAt.UnixNanoseconds,
        Posts = tally.Posts,
        Content = tally.Content,
        ContentTone = tally.ContentTone,
        ContentToneSquared = tally.ContentToneSquared,
        ExtremeContent = tally.ExtremeContent,
        Influence = tally.Influence,
        InfluenceTone = tally.InfluenceTone,
        Scorer = tally.Scorer?.Id ?? "",
        ScorerHash = tally.Scorer?.Hash ?? "",
    };

    /// <summary>Adds the sums of a tally where other events have price levels.</summary>
    /// <returns>The levels added.</returns>
    /// <exception cref="FormatException">There is no tally, or no writer can have made it; the message gives the reason.</exception>
    public static int AddTo(ImmutableArray<PriceLevel>.Builder levels, WireEvent wire)
    {
        if (wire.Sentiment is not { } sums || wire.FirstId != wire.LastId || wire.EventTime != 0 || wire.BidPrices.Count + wire.BidQuantities.Count + wire.AskPrices.Count + wire.AskQuantities.Count > 0)
        {
            throw new FormatException($"event {wire.Sequence} is not a tally of posts: expected one number, sums, no venue time and no levels");
        }

        var tally = new Tally
        {
            Number = wire.LastId,
            KnownAt = new Timestamp(sums.KnownAt),
            Posts = sums.Posts,
            Content = sums.Content,
            ContentTone = sums.ContentTone,
            ContentToneSquared = sums.ContentToneSquared,
            ExtremeContent = sums.ExtremeContent,
            Influence = sums.Influence,
            InfluenceTone = sums.InfluenceTone,
            Scorer = sums.Scorer.Length + sums.ScorerHash.Length == 0 ? null : new ScorerIdentity(sums.Scorer, sums.ScorerHash),
        };
        var problem = sums.KnownAt > wire.ReceiveTime ? $"known_at {sums.KnownAt} is after its receive_time {wire.ReceiveTime}" : tally.Problem();
        if (problem is not null)
        {
            throw new FormatException($"event {wire.Sequence}, a tally of posts: {problem}");
        }

        Span<PriceLevel> room = stackalloc PriceLevel[Tally.LevelsMax];
        var written = tally.Write(room);
        levels.AddRange(written);
        return written.Length;
    }
}
