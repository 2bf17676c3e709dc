namespace BtcAgent.Chaos.Tests.Outside;

/// <summary>What answers nothing for a while.</summary>
public enum StallKind
{
    /// <summary>Signed requests wait at the venue, undone.</summary>
    Venue,

    /// <summary>Somebody else holds the write lock of <c>state.db</c>.</summary>
    Store,

    /// <summary>SIGSTOP: the whole process of the agent.</summary>
    Process,
}
