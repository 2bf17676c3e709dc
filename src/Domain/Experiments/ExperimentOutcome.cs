namespace BtcAgent.Domain.Experiments;

/// <summary>Result of an experiment.</summary>
public enum ExperimentOutcome : byte
{
    Running = 0,

    /// <summary>The challenger is the champion and its watch is over.</summary>
    Promoted = 1,

    /// <summary>The challenger will not be shown to be better: nothing was promoted.</summary>
    Futile = 2,

    /// <summary>Ended at once by a rule that does not wait for significance.</summary>
    RolledBack = 3,

    /// <summary>Ended by a person.</summary>
    Stopped = 4,
}
