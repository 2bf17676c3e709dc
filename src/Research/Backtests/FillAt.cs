namespace BtcAgent.Research.Backtests;

/// <summary>When a market order over bars is filled.</summary>
public enum FillAt : byte
{
    /// <summary>At the close of the bar that decided it.</summary>
    Close = 1,

    /// <summary>At the open of the next bar.</summary>
    NextOpen = 2,
}
