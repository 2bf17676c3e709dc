using BtcAgent.Domain.MarketData;

namespace BtcAgent.Grains.Execution;

/// <summary>Which events of the market are new to a simulation: batches may come again after a restart of their sender.</summary>
internal sealed class MarketCursor
{
    private long _epoch;
    private long _sequence;

    /// <summary>Of a feed that another one has replaced.</summary>
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

    /// <summary>Whether the event is new. One of sequence 0 is a snapshot for this simulation alone, and always is.</summary>
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
