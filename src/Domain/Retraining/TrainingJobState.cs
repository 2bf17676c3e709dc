namespace BtcAgent.Domain.Retraining;

/// <summary>State of a <see cref="TrainingJob"/>; the values are stored.</summary>
public enum TrainingJobState : byte
{
    /// <summary>Waits for its first attempt.</summary>
    Queued = 1,

    /// <summary>A trainer works on it.</summary>
    Running = 2,

    /// <summary>Ended: the model is registered.</summary>
    Succeeded = 3,

    /// <summary>Ended without a model; the job says why.</summary>
    Failed = 4,

    /// <summary>Ended by an operator, or replaced by an operator's job.</summary>
    Cancelled = 5,

    /// <summary>Its trainer or its agent died; waits for another attempt, which continues from the data already prepared.</summary>
    Interrupted = 6,

    /// <summary>Ended: it searched, and nothing that it found passes. No model is registered; the job says why.</summary>
    NothingFound = 7,
}
