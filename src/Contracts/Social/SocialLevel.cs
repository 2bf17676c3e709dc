namespace BtcAgent.Contracts.Social;

/// <summary>How much is read from a source that charges.</summary>
[GenerateSerializer, Alias("SocialLevel")]
public enum SocialLevel
{
    /// <summary>Nothing until the next day or month.</summary>
    Off,

    /// <summary>Only numbers of posts.</summary>
    Counts,

    /// <summary>A sample of the posts.</summary>
    Sampled,

    /// <summary>All posts.</summary>
    Stream,
}
