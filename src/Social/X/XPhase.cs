namespace BtcAgent.Social.X;

/// <summary>The activity of the source.</summary>
public enum XPhase
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
}
