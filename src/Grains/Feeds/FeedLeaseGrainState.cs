namespace BtcAgent.Grains.Feeds;

/// <summary>Stored state of a lease.</summary>
public sealed class FeedLeaseGrainState
{
    /// <summary>Highest epoch of any holder; 0 before the first.</summary>
    public long Epoch { get; set; }
}
