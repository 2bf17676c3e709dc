using BtcAgent.Contracts.Feeds;
using BtcAgent.Domain.MarketData;

namespace BtcAgent.Grains.Feeds;

/// <summary>
/// Refuses batches that cannot come from a reader of the venue. Epochs and sequences only increase, so a single absurd
/// number would make an instrument ignore every later batch. The lease that grants the epochs states which ones are
/// possible.
/// </summary>
internal sealed class FeedFence(IGrainFactory grains, InstrumentId instrument)
{
    private readonly long[] _granted = new long[FeedLines.Max];

    /// <summary>Returns null when the batch may be applied, else the reason why not.</summary>
    /// <param name="batch">Batch of any line; the caller checks that the line exists.</param>
    /// <param name="expected">Next sequence of its epoch; 1 for a later epoch, the batch's own for a reader that has read nothing.</param>
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

        return batch.IsImplausible(expected)
            ? $"its sequence {batch.Events[^1].Sequence} lies {batch.Events[^1].Sequence - expected} after the one expected"
            : null;
    }
}
