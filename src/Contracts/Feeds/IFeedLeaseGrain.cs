namespace BtcAgent.Contracts.Feeds;

/// <summary>Key: instrument, or the name of other work. Grants one process at a time the right to read the venue for this instrument.</summary>
[Alias("IFeedLeaseGrain")]
public interface IFeedLeaseGrain : IGrainWithStringKey
{
    /// <summary>Takes a free or expired lease, or renews one's own.</summary>
    /// <param name="holder">Who asks.</param>
    /// <param name="duration">How long it shall hold without renewal.</param>
    /// <param name="heldEpoch">
    /// Epoch that the asker holds; 0 for none. A grain that has just come up, since its silo died, lets it go on.
    /// </param>
    [Alias("Acquire")]
    Task<FeedLease> Acquire(string holder, TimeSpan duration, long heldEpoch);

    /// <summary>The highest epoch that any holder has had; 0 while none is known. A higher one was never given to anybody.</summary>
    [Alias("GetEpochMax")]
    Task<long> GetEpochMax();

    /// <summary>Gives the lease back; nothing happens unless <paramref name="holder"/> has it.</summary>
    [Alias("Release")]
    Task Release(string holder);
}
