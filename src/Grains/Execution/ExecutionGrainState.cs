using BtcAgent.Domain.Execution;
using BtcAgent.Domain.Execution.Live;

namespace BtcAgent.Grains.Execution;

/// <summary>What an execution grain keeps across restarts.</summary>
public sealed class ExecutionGrainState
{
    /// <summary>Orders, paper venue and fills that may not be in the portfolio yet; null before the first write.</summary>
    public PaperExecutionState? Paper { get; set; }

    /// <summary>Orders at a real venue; null before the first write, and on paper.</summary>
    public LiveExecutionState? Live { get; set; }

    /// <summary>A flatten that is not done; null for none.</summary>
    public FlattenWork? Flatten { get; set; }
}
