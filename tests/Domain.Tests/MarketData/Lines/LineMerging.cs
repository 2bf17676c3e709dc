using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.MarketData.Lines;

namespace BtcAgent.Domain.Tests.MarketData.Lines;

internal static class LineMerging
{
    /// <summary>Merged events of a line's batch; apply each one before enumerating the next.</summary>
    public static IEnumerable<MergedEvent> Merge(this LineArbiter arbiter, MarketDataBatch batch, Func<bool> isBookInSync)
    {
        if (arbiter.IsVoid(batch))
        {
            yield break;
        }

        arbiter.Begin(batch.Line, batch.FeedEpoch);
        for (var i = 0; i < batch.Events.Length; i++)
        {
            arbiter.Offer(batch.Line, in batch.Events.ItemRef(i), batch.LevelMemoryOf(in batch.Events.ItemRef(i)), isBookInSync());
            while (arbiter.TryTake(out var merged))
            {
                yield return merged;
            }
        }
    }
}
