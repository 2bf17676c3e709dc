namespace BtcAgent.Contracts.Feeds;

/// <summary>Key: instrument. Grants one silo at a time the right to read the venue for this instrument.</summary>
[Alias("IFeedLeaseGrain")]
public interface IFeedLeaseGrain : IGrainWithStringKey
{
    /// <summary>Takes a free or expired lease, or renews one's own.</summary>
    [Alias("Acquire")]
    Task<FeedLease> Acquire(string holder, TimeSpan duration);

    /// <summary>Gives the lease back; nothing happens unless <paramref name="holder"/> has it.</summary>
    [Alias("Release")]
    Task Release(string holder);
}
