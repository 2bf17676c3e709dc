namespace BtcAgent.Domain.Execution.Venue;

/// <summary>What is known after a command.</summary>
public enum VenueOutcome : byte
{
    /// <summary>The venue did it.</summary>
    Done = 1,

    /// <summary>The venue did not do it, and would not do it again.</summary>
    Refused = 2,

    /// <summary>The venue did not do it, or was not even asked; it may later.</summary>
    NotNow = 3,

    /// <summary>Nobody knows: no answer, or an error after which it may have been done. Ask before anything else.</summary>
    Unknown = 4,

    /// <summary>The venue and we disagree on something that no retry mends: keys, permissions, account.</summary>
    Halt = 5,
}
