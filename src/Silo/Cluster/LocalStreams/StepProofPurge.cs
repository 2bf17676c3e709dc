using Orleans.Providers.Streams.Common;

namespace BtcAgent.Silo.Cluster.LocalStreams;

/// <summary>
/// Purges messages by their age in a stream's cache, by the clock that stamped them. After the clock was set back, earlier
/// messages appear to be from the future: they are purged too, or the cache would grow until that time.
/// </summary>
internal sealed class StepProofPurge(TimeSpan timeInCacheMin, TimeSpan ageMax) : TimePurgePredicate(timeInCacheMin, ageMax)
{
    public override bool ShouldPurgeFromTime(TimeSpan timeInCache, TimeSpan relativeAge) =>
        base.ShouldPurgeFromTime(timeInCache.Duration(), relativeAge.Duration());
}
