namespace BtcAgent.Contracts.Social;

/// <summary>Why the text and author of a post are gone.</summary>
[GenerateSerializer, Alias("PostRemovalReason")]
public enum PostRemovalReason
{
    /// <summary>The source no longer has it, or no longer shows it.</summary>
    Deleted,

    /// <summary>The source withholds it, in some country or everywhere.</summary>
    Withheld,

    /// <summary>Its author has replaced it by a later version.</summary>
    Replaced,

    /// <summary>It is older than 24 hours.</summary>
    Expired,
}
