using BtcAgent.Domain.Execution;

namespace BtcAgent.Grains.Execution;

/// <summary>What an execution grain keeps across restarts.</summary>
public sealed class ExecutionGrainState
{
    /// <summary>Orders, paper venue and fills that may not be in the portfolio yet; null before the first write.</summary>
    public PaperExecutionState? Paper { get; set; }
}
