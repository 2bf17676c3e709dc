using System.Collections.Immutable;
using BtcAgent.Domain.Idempotency;
using BtcAgent.Domain.Retraining;

namespace BtcAgent.Grains.Retraining;

/// <summary>The training jobs, and when each strategy was trained last.</summary>
public sealed class OptimizerGrainState
{
    public JobQueue Queue { get; set; } = JobQueue.Empty;

    /// <summary>By strategy.</summary>
    public ImmutableSortedDictionary<string, ScheduleMark> Marks { get; set; } =
        ImmutableSortedDictionary.Create<string, ScheduleMark>(StringComparer.Ordinal);

    public RetrainingTriggers Triggers { get; set; } = RetrainingTriggers.None;

    /// <summary>Commands that the queue contains; the result is the id of the job.</summary>
    public OperationLedger Operations { get; set; } = OperationLedger.Empty;
}
