using Orleans.Providers.Streams.Common;

namespace BtcAgent.Silo.Cluster.LocalStreams;

/// <summary>
/// Lets go of what has been in a stream's cache for long enough by the clock it was stamped with. After the clock was set
/// back, what came before the step seems to be of the future: it is let go of too, or the cache would grow until then.
/// </summary>
internal sealed class StepProofPurge(TimeSpan timeInCacheMin, TimeSpan ageMax) : TimePurgePredicate(timeInCacheMin, ageMax)
{
    public override bool ShouldPurgeFromTime(TimeSpan timeInCache, TimeSpan relativeAge) =>
        base.ShouldPurgeFromTime(timeInCache.Duration(), relativeAge.Duration());
}
