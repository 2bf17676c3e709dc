using BtcAgent.Contracts.Feeds;
using BtcAgent.Domain.MarketData;

namespace BtcAgent.Grains.Feeds;

/// <summary>
/// Keeps out batches that no reader of the venue can have written. Epochs and sequences only grow, so one number out of all
/// reason would make an instrument deaf to every later batch. What an epoch can be, the lease says that gives them.
/// </summary>
internal sealed class FeedFence(IGrainFactory grains, InstrumentId instrument)
{
    private readonly long[] _granted = new long[FeedLines.Max];

    /// <summary>Null when the batch may be taken; else why not.</summary>
    /// <param name="batch">Of any line; a line that does not exist is for others to judge.</param>
    /// <param name="expected">The sequence that its epoch goes on with; 1 for a new epoch.</param>
    public async ValueTask<string?> RefusalOf(MarketDataBatch batch, long expected)
    {
        if (batch.Line is < 0 or >= FeedLines.Max)
        {
            return null;
        }

        if (batch.FeedEpoch > _granted[batch.Line])
        {
            var granted = await grains.GetGrain<IFeedLeaseGrain>(FeedLines.LeaseOf(instrument, batch.Line)).GetEpochMax();
            if (granted > 0 && batch.FeedEpoch > granted)
            {
                return $"its feed epoch {batch.FeedEpoch} was never given: the highest is {granted}";
            }

            _granted[batch.Line] = granted;
        }

        return batch.IsBeyondReason(expected)
            ? $"its sequence {batch.Events[^1].Sequence} lies {batch.Events[^1].Sequence - expected} after the one expected"
            : null;
    }
}
