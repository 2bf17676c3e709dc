namespace BtcAgent.Contracts.Feeds;

/// <summary>
/// Key: instrument, or the name of another task. Allows one process at a time to read the venue for this instrument.
/// </summary>
[Alias("IFeedLeaseGrain")]
public interface IFeedLeaseGrain : IGrainWithStringKey
{
    /// <summary>Takes a free or expired lease, or renews the caller's.</summary>
    /// <param name="holder">The caller's name.</param>
    /// <param name="duration">How long the lease lasts without renewal.</param>
    /// <param name="heldEpoch">
    /// Epoch that the caller holds; 0 for none. A grain that was just activated, because its silo died, confirms it.
    /// </param>
    [Alias("Acquire")]
    Task<FeedLease> Acquire(string holder, TimeSpan duration, long heldEpoch);

    /// <summary>The highest epoch ever granted; 0 while none is known.</summary>
    [Alias("GetEpochMax")]
    Task<long> GetEpochMax();

    /// <summary>Returns the lease; does nothing unless <paramref name="holder"/> has it.</summary>
    [Alias("Release")]
    Task Release(string holder);
}
