namespace BtcAgent.Client.Streams;

/// <summary>Why a stream ends.</summary>
internal enum StreamEnd
{
    /// <summary>It has not ended.</summary>
    None = 0,

    /// <summary>The caller has left, or its deadline has passed.</summary>
    CallerLeft,

    /// <summary>The caller's key was revoked or has expired, or its session is over.</summary>
    NotAllowed,

    /// <summary>Whether the caller may still read is unknown, because the issued keys cannot be read.</summary>
    KeysUnavailable,

    /// <summary>The agent stops.</summary>
    AgentStops,

    /// <summary>The log of facts has failed.</summary>
    SourceFailed,

    /// <summary>The caller was too slow for its queue.</summary>
    TooSlow,
}
