namespace BtcAgent.Research.Optimization.Samplers;

/// <summary>State of a trial, for the trial that is suggested after it.</summary>
public enum TrialState
{
    /// <summary>In flight: its point is known, its value is not used even where it has arrived.</summary>
    Running,

    /// <summary>All folds have a score.</summary>
    Complete,

    /// <summary>Stopped after some folds, since it was worse than the best trial.</summary>
    Pruned,

    /// <summary>A fold had no score (NaN).</summary>
    Failed,
}
