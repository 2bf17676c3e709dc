namespace BtcAgent.Domain.Experiments;

/// <summary>The rule that caused a move of an experiment.</summary>
public enum ExperimentCause : byte
{
    Began = 0,

    /// <summary>The stage was held for its days and trades, and every gate is green.</summary>
    HoldComplete = 1,

    /// <summary>The challenger earns more than the champion, by the sequential test.</summary>
    Significant = 2,

    /// <summary>The end of the horizon is unlikely to show that the challenger earns more.</summary>
    Futile = 3,

    /// <summary>The horizon or the longest duration is over without significance.</summary>
    HorizonReached = 4,

    /// <summary>Nobody confirmed the promotion in time.</summary>
    NotConfirmed = 5,

    /// <summary>The canary's loss reached its limit.</summary>
    CanaryLoss = 6,

    /// <summary>The challenger earned less than the champion by more than the limit.</summary>
    Shortfall = 7,

    /// <summary>A decision of the running challenger differs from its recomputation.</summary>
    ParityBreak = 8,

    /// <summary>The inputs or scores have drifted from the training data.</summary>
    Drift = 9,

    /// <summary>Too many samples failed or had a score that is not a number.</summary>
    ErrorBudget = 10,

    /// <summary>Too many scores were late.</summary>
    LatencyBudget = 11,

    /// <summary>The challenger's score does not depend on its input.</summary>
    ConstantScore = 12,

    /// <summary>A person's command.</summary>
    Operator = 13,
}
