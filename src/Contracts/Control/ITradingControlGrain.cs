using Orleans.Concurrency;

namespace BtcAgent.Contracts.Control;

/// <summary>Key: <see cref="Key"/>. The operator's hand on all portfolios.</summary>
[Alias("ITradingControlGrain")]
public interface ITradingControlGrain : IGrainWithStringKey
{
    const string Key = "control";

    [Alias("GetStatus"), AlwaysInterleave]
    Task<TradingStatus> GetStatus();

    /// <summary>Allows orders to a real venue; stays over restarts until disarmed. Paper trading is always armed.</summary>
    [Alias("Arm")]
    Task<TradingStatus> Arm(string reason, string operatorName);

    /// <summary>No more orders to a real venue; open ones stay.</summary>
    [Alias("Disarm")]
    Task<TradingStatus> Disarm(string reason, string operatorName);

    [Alias("IsArmed"), AlwaysInterleave]
    Task<bool> IsArmed();

    /// <summary>Why no portfolio may trade although its own state may not say so yet; null when nothing is pending.</summary>
    [Alias("GetStandingHalt"), AlwaysInterleave]
    Task<string?> GetStandingHalt();

    /// <summary>Why no order may be sent at this moment: a halt that is pending, or trading is not armed; null when none.</summary>
    [Alias("WhyStopped"), AlwaysInterleave]
    Task<string?> WhyStopped();

    /// <summary>
    /// Halts every portfolio and cancels its open orders. Stopping comes first: what cannot be stored now is pending, and is
    /// done as soon as it can.
    /// </summary>
    [Alias("Halt")]
    Task<TradingStatus> Halt(string reason, string operatorName);

    [Alias("Resume")]
    Task<TradingStatus> Resume(string reason, string operatorName);

    /// <summary>Halts every portfolio, cancels its open orders and closes its positions at market.</summary>
    [Alias("Flatten")]
    Task<TradingStatus> Flatten(string reason, string operatorName);
}
