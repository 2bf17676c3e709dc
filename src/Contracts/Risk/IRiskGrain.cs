using BtcAgent.Domain.Features;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;
using Orleans.Concurrency;

namespace BtcAgent.Contracts.Risk;

/// <summary>Key: portfolio. Sizes positions, holds the limits and the breaker.</summary>
[Alias("IRiskGrain")]
public interface IRiskGrain : IGrainWithStringKey
{
    /// <summary>Decides on a signal and, when approved, submits the order before it answers.</summary>
    [Alias("Assess")]
    Task<RiskDecision> Assess(Signal signal, FeatureSample sample);

    /// <summary>Decides on an operator's order; a repeated request id gives the same order.</summary>
    [Alias("Place")]
    Task<ManualOrderAnswer> Place(OrderRequest request);

    /// <summary>Evaluates the agent's health, and stores a tripped breaker before returning.</summary>
    [Alias("Watch")]
    Task Watch(SystemHealth health);

    [Alias("GetLimits"), AlwaysInterleave]
    Task<LimitsInForce> GetLimits();

    /// <summary>Changes one limit immediately and permanently, and stores it before returning.</summary>
    /// <exception cref="ArgumentException">The limit is unknown, or the value is out of its range.</exception>
    [Alias("ChangeLimit")]
    Task<LimitsInForce> ChangeLimit(string name, decimal value, string operatorName, string reason);

    /// <summary>Arms or disarms this portfolio.</summary>
    [Alias("SetArmed"), AlwaysInterleave]
    Task SetArmed(bool armed);

    /// <summary>Stops all trading of this portfolio, and stores that before returning.</summary>
    [Alias("Halt"), AlwaysInterleave]
    Task<BreakerState> Halt(string reason);

    /// <summary>Ends a breaker's flatten, leaves the positions as they are, and stores that before returning.</summary>
    [Alias("EndFlatten"), AlwaysInterleave]
    Task EndFlatten();

    /// <summary>
    /// Resumes only if this halt is still the last one and its orders are cleared, so that no halt of anybody else is undone.
    /// Stores that before returning.
    /// </summary>
    /// <returns>False when nothing was resumed.</returns>
    [Alias("Release")]
    Task<bool> Release(BreakerState halt, string reason);

    [Alias("Resume")]
    Task<BreakerState> Resume(string reason);

    [Alias("GetStatus"), AlwaysInterleave]
    Task<RiskStatus> GetStatus();
}
