using BtcAgent.Contracts.Features;
using BtcAgent.Domain.Features;

namespace BtcAgent.Grains.Features;

/// <summary>
/// The market after the last whole batch. Reads interleave with a batch that waits for executions; figures taken then would be of
/// different events.
/// </summary>
internal readonly record struct AppliedMarket(long Epoch, long Sequence, PipelineCounters Counters, long Consumed, ulong Checksum)
{
    public bool HasReached(long epoch, long sequence) => Epoch > epoch || (Epoch == epoch && Sequence >= sequence);

    public FeatureProgress ToProgress(long samplesSkipped) => new(Epoch, Sequence, Counters, samplesSkipped, Consumed, Checksum);
}
