namespace BtcAgent.Exchanges.Simulator.Posts;

/// <summary>Where a synthetic post comes from.</summary>
public enum PostKind
{
    /// <summary>A person about bitcoin.</summary>
    Opinion,

    /// <summary>A person about something else.</summary>
    Chatter,

    /// <summary>One of many near copies by different authors.</summary>
    Campaign,

    /// <summary>An account that posts the same pattern again and again.</summary>
    Bot,
}
