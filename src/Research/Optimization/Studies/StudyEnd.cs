namespace BtcAgent.Research.Optimization.Studies;

/// <summary>Why a run of a search ended.</summary>
public enum StudyEnd
{
    /// <summary>The number of trials is reached.</summary>
    Trials,

    /// <summary>The time is over.</summary>
    Time,

    /// <summary>The sampler has no further points.</summary>
    Exhausted,

    /// <summary>It was cancelled; trials in flight are lost, all others can be resumed from the store.</summary>
    Cancelled,
}
