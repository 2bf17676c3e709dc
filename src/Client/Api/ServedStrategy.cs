using System.Collections.Immutable;
using BtcAgent.Contracts.Signals;
using BtcAgent.Domain.Drift;

namespace BtcAgent.Client.Api;

/// <summary>A strategy on one instrument, and the watches of its models.</summary>
internal sealed record ServedStrategy(SignalStatus Status, ImmutableArray<ModelWatchReading> Watches)
{
    public ModelWatchReading? WatchOf(string modelId) => Watches.FirstOrDefault(reading => reading.ModelId == modelId);
}
