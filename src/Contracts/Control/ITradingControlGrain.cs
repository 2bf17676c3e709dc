using Orleans.Concurrency;

namespace BtcAgent.Contracts.Control;

/// <summary>Key: <see cref="Key"/>. Carries out the operator's commands, on one portfolio or, if none is named, on all.</summary>
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

    /// <summary>
    /// Reason of a halt of the portfolio that is in force but not yet stored everywhere; null if none. Without a portfolio, of any.
    /// </summary>
    [Alias("GetStandingHalt"), AlwaysInterleave]
    Task<string?> GetPendingHalt(string? portfolio = null);

    /// <summary>
    /// Why the portfolio may send no order now: a pending halt, or trading is not armed; null if it may. Without a portfolio, a
    /// pending halt of any counts.
    /// </summary>
    [Alias("WhyStopped"), AlwaysInterleave]
    Task<string?> WhyStopped(string? portfolio = null);

    /// <summary>
    /// Halts and cancels open orders. Takes effect before it is stored: a step that fails stays pending and is retried.
    /// </summary>
    [Alias("Halt")]
    Task<TradingStatus> Halt(string reason, string operatorName, string? portfolio = null);

    [Alias("Resume")]
    Task<TradingStatus> Resume(string reason, string operatorName, string? portfolio = null);

    /// <summary>Halts, cancels open orders and closes positions at market.</summary>
    [Alias("Flatten")]
    Task<TradingStatus> Flatten(string reason, string operatorName, string? portfolio = null);
}
