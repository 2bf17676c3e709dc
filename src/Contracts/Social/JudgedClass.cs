namespace BtcAgent.Contracts.Social;

/// <summary>Class of a post's tone.</summary>
[GenerateSerializer, Alias("JudgedClass")]
public enum JudgedClass
{
    /// <summary>Bad for the price.</summary>
    Negative,

    /// <summary>Neither.</summary>
    Neutral,

    /// <summary>Good for the price.</summary>
    Positive,
}
