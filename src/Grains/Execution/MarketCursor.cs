using BtcAgent.Domain.MarketData;

namespace BtcAgent.Grains.Execution;

/// <summary>Selects the events that are new to a simulation: batches may repeat after a restart of their sender.</summary>
internal sealed class MarketCursor
{
    private long _epoch;
    private long _sequence;

    /// <summary>Whether the batch comes from a feed that another one has replaced.</summary>
    public bool IsOld(MarketDataBatch batch) => batch.FeedEpoch < _epoch;

    /// <summary>Whether the batch is the first of a new feed; its events are new from the first on.</summary>
    public bool Begins(MarketDataBatch batch)
    {
        if (batch.FeedEpoch <= _epoch)
        {
            return false;
        }

        (_epoch, _sequence) = (batch.FeedEpoch, 0);
        return true;
    }

    /// <summary>
    /// Whether the event is new. An event of sequence 0 is a snapshot for this simulation alone and always counts as new.
    /// </summary>
    public bool Takes(in MarketEvent marketEvent)
    {
        if (marketEvent.Sequence == 0)
        {
            return true;
        }

        if (marketEvent.Sequence <= _sequence)
        {
            return false;
        }

        _sequence = marketEvent.Sequence;
        return true;
    }
}
