namespace BtcAgent.Domain.Execution.Venue;

/// <summary>Result of a command to the venue, as far as it is known.</summary>
public enum VenueOutcome : byte
{
    /// <summary>The venue executed it.</summary>
    Done = 1,

    /// <summary>The venue did not execute it, and would refuse it again.</summary>
    Refused = 2,

    /// <summary>The venue did not execute it, or did not receive it; it may succeed later.</summary>
    NotNow = 3,

    /// <summary>
    /// No answer, or an error after which the command may have been executed. Query before any further step.
    /// </summary>
    Unknown = 4,

    /// <summary>The venue refuses for a reason that no retry can fix: keys, permissions, account.</summary>
    Halt = 5,
}
