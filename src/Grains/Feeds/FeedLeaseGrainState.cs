namespace BtcAgent.Grains.Feeds;

/// <summary>What a lease keeps across restarts.</summary>
public sealed class FeedLeaseGrainState
{
    /// <summary>No holder had a higher epoch; 0 before the first.</summary>
    public long Epoch { get; set; }
}
