using BtcAgent.Contracts.Wire.V1;

namespace BtcAgent.Contracts.Wire;

/// <summary>
/// Bounds of a batch of market data from any writer. Grains order events by epoch, sequence and id and never go back, so that a
/// single absurd number would make them ignore all later events.
/// </summary>
internal static class MarketDataBounds
{
    /// <summary>Greatest feed epoch: epochs begin at milliseconds since 1970, and a <see cref="Domain.Timestamp"/> ends in 2262.</summary>
    private const long EpochMax = long.MaxValue / Domain.Timestamp.NanosecondsPerMillisecond;

    private const int LineMax = 1;
    private const int EventsMax = 100_000;

    /// <exception cref="FormatException">The message names the field and its value.</exception>
    public static void Check(MarketDataBatch batch)
    {
        Require(batch.FeedEpoch is >= 1 and <= EpochMax, "feed_epoch", batch.FeedEpoch, $"1 to {EpochMax}");
        Require(batch.Line is >= 0 and <= LineMax, "line", batch.Line, $"0 to {LineMax}");
        Require(batch.IngestedAt >= 0, "ingested_at", batch.IngestedAt, "not negative");
        Require(batch.Events.Count <= EventsMax, "events", batch.Events.Count, $"at most {EventsMax}");
        var last = 0L;
        foreach (var marketEvent in batch.Events)
        {
            Require(marketEvent.Sequence > last, "sequence", marketEvent.Sequence, $"more than {last}, the previous event's");
            Require(marketEvent.EventTime >= 0, "event_time", marketEvent.EventTime, "not negative");
            Require(marketEvent.ReceiveTime >= 0, "receive_time", marketEvent.ReceiveTime, "not negative");
            Require(marketEvent.FirstId >= 0, "first_id", marketEvent.FirstId, "not negative");
            Require(marketEvent.LastId >= marketEvent.FirstId, "last_id", marketEvent.LastId, $"at least the first id, {marketEvent.FirstId}");
            last = marketEvent.Sequence;
        }
    }

    private static void Require(bool holds, string field, long value, string expected)
    {
        if (!holds)
        {
            throw new FormatException($"{field} {value} is not possible: expected {expected}");
        }
    }
}
