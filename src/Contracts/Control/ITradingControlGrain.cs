using Orleans.Concurrency;

namespace BtcAgent.Contracts.Control;

/// <summary>Key: <see cref="Key"/>. Carries out the operator's commands on all portfolios.</summary>
[Alias("ITradingControlGrain")]
public interface ITradingControlGrain : IGrainWithStringKey
{
    const string Key = "control";

    [Alias("GetStatus"), AlwaysInterleave]
    Task<TradingStatus> GetStatus();

    /// <summary>Allows orders to a real venue, across restarts, until disarmed. Paper trading is always armed.</summary>
    [Alias("Arm")]
    Task<TradingStatus> Arm(string reason, string operatorName);

    /// <summary>Stops new orders to a real venue; open ones stay.</summary>
    [Alias("Disarm")]
    Task<TradingStatus> Disarm(string reason, string operatorName);

    [Alias("IsArmed"), AlwaysInterleave]
    Task<bool> IsArmed();

    /// <summary>Reason of a halt that is in force but not yet stored everywhere; null if none.</summary>
    [Alias("GetStandingHalt"), AlwaysInterleave]
    Task<string?> GetPendingHalt();

    /// <summary>Why no order may be sent now: a pending halt, or trading is not armed; null if orders may be sent.</summary>
    [Alias("WhyStopped"), AlwaysInterleave]
    Task<string?> WhyStopped();

    /// <summary>
    /// Halts every portfolio and cancels its open orders. Takes effect before it is stored: a step that fails stays pending and
    /// is retried.
    /// </summary>
    [Alias("Halt")]
    Task<TradingStatus> Halt(string reason, string operatorName);

    [Alias("Resume")]
    Task<TradingStatus> Resume(string reason, string operatorName);

    /// <summary>Halts every portfolio, cancels its open orders and closes its positions at market.</summary>
    [Alias("Flatten")]
    Task<TradingStatus> Flatten(string reason, string operatorName);
}
