namespace BtcAgent.Chaos.Tests.Outside;

/// <summary>The part that does not answer for a while.</summary>
public enum StallKind
{
    /// <summary>Signed requests wait at the venue without being executed.</summary>
    Venue,

    /// <summary>Another process holds the write lock of <c>state.db</c>.</summary>
    Store,

    /// <summary>SIGSTOP: the whole process of the agent.</summary>
    Process,
}
