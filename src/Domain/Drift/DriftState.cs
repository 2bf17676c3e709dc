namespace BtcAgent.Domain.Drift;

/// <summary>State of a watch, by rising severity.</summary>
public enum DriftState : byte
{
    /// <summary>Nothing to compare with: the artefact has no bins.</summary>
    Unknown = 0,

    /// <summary>Too little was seen yet.</summary>
    Gathering = 1,

    None = 2,

    Warning = 3,

    Alarm = 4,
}
