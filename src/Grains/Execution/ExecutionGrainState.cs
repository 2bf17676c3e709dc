using System.Collections.Immutable;
using BtcAgent.Domain.Execution;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Grains.Execution;

/// <summary>What an execution grain keeps across restarts.</summary>
public sealed class ExecutionGrainState
{
    /// <summary>Orders and paper venue; null before the first write.</summary>
    public PaperExecutionState? Paper { get; set; }

    /// <summary>Fills that may not have reached the portfolio yet; handed over again on activation, booked once.</summary>
    public ImmutableArray<Fill> Outbox { get; set; } = [];
}
