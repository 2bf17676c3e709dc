using BtcAgent.Domain.Features;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;
using Orleans.Concurrency;

namespace BtcAgent.Contracts.Risk;

/// <summary>Key: portfolio. Sizes positions, holds the limits and the breaker.</summary>
[Alias("IRiskGrain")]
public interface IRiskGrain : IGrainWithStringKey
{
    /// <summary>Decides on a signal and, when approved, has the order executed before it answers.</summary>
    [Alias("Assess")]
    Task<RiskDecision> Assess(Signal signal, FeatureSample sample);

    /// <summary>Decides on an operator's order; the same request id again gives the same order.</summary>
    [Alias("Place")]
    Task<ManualOrderAnswer> Place(OrderRequest request);

    /// <summary>Looks at the agent's own health; what trips is stored before the answer.</summary>
    [Alias("Watch")]
    Task Watch(SystemHealth health);

    [Alias("GetLimits"), AlwaysInterleave]
    Task<LimitsInForce> GetLimits();

    /// <summary>Changes one limit at once and for good; stored before the answer.</summary>
    /// <exception cref="ArgumentException">No such limit, or out of its range.</exception>
    [Alias("ChangeLimit")]
    Task<LimitsInForce> ChangeLimit(string name, decimal value, string operatorName, string reason);

    /// <summary>Told when an operator arms or disarms trading.</summary>
    [Alias("SetArmed"), AlwaysInterleave]
    Task SetArmed(bool armed);

    /// <summary>Stops all trading of this portfolio; stored before the answer.</summary>
    [Alias("Halt"), AlwaysInterleave]
    Task<BreakerState> Halt(string reason);

    /// <summary>Positions that a breaker is closing stay as they are from now on; stored before the answer.</summary>
    [Alias("EndFlatten"), AlwaysInterleave]
    Task EndFlatten();

    [Alias("Resume")]
    Task<BreakerState> Resume(string reason);

    [Alias("GetStatus"), AlwaysInterleave]
    Task<RiskStatus> GetStatus();
}
