namespace BtcAgent.Social.Sources;

/// <summary>Why a post must be removed.</summary>
public enum RemovalReason
{
    /// <summary>The source no longer has it, or no longer shows it.</summary>
    Deleted,

    /// <summary>The source withholds it, in some country or everywhere.</summary>
    Withheld,

    /// <summary>Its author has replaced it by a later version.</summary>
    Replaced,
}
