using BtcAgent.Domain.Execution;
using BtcAgent.Domain.Execution.Live;

namespace BtcAgent.Grains.Execution;

/// <summary>Stored state of an execution grain.</summary>
public sealed class ExecutionGrainState
{
    /// <summary>Orders, paper venue and fills that the portfolio may not have yet; null before the first write.</summary>
    public PaperExecutionState? Paper { get; set; }

    /// <summary>Orders at a real venue; null before the first write, and on paper.</summary>
    public LiveExecutionState? Live { get; set; }

    /// <summary>A flatten that is not complete; null if none.</summary>
    public FlattenWork? Flatten { get; set; }
}
