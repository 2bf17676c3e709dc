using System.Collections.Immutable;
using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain.MarketData;
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
    };

    /// <summary>Adds the sums of a tally where other events have price levels.</summary>
    /// <exception cref="FormatException">There is no tally, or no writer can have made it; the message gives the reason.</exception>
    public static void AddTo(ImmutableArray<PriceLevel>.Builder levels, WireEvent wire)
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
        };
        var problem = sums.KnownAt > wire.ReceiveTime ? $"known_at {sums.KnownAt} is after its receive_time {wire.ReceiveTime}" : tally.Problem();
        if (problem is not null)
        {
            throw new FormatException($"event {wire.Sequence}, a tally of posts: {problem}");
        }

        Span<PriceLevel> written = stackalloc PriceLevel[Tally.LevelCount];
        tally.Write(written);
        levels.AddRange(written);
    }
}
