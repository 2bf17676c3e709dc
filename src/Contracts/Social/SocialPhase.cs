namespace BtcAgent.Contracts.Social;

/// <summary>The activity of a source of posts.</summary>
[GenerateSerializer, Alias("SocialPhase")]
public enum SocialPhase
{
    /// <summary>Not running.</summary>
    Stopped,

    /// <summary>Compares rules, reserves budget and connects.</summary>
    Connecting,

    /// <summary>Reads the stream.</summary>
    Streaming,

    /// <summary>Waits before the next attempt.</summary>
    Waiting,

    /// <summary>Reads numbers of posts, and waits between them.</summary>
    Counting,

    /// <summary>Reads nothing until the budget allows it.</summary>
    OutOfBudget,

    /// <summary>Takes posts that are offered by the API; nobody knows whether more would have come.</summary>
    Offered,
}
