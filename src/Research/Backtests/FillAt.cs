namespace BtcAgent.Research.Backtests;

/// <summary>The price at which a market order over bars fills.</summary>
public enum FillAt : byte
{
    /// <summary>At the close of the bar that decided it.</summary>
    Close = 1,

    /// <summary>At the open of the next bar.</summary>
    NextOpen = 2,
}
