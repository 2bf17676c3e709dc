namespace BtcAgent.Research.Backtests;

/// <summary>The position that a rule wants after a bar.</summary>
public enum BarTarget : sbyte
{
    Short = -1,
    Flat = 0,
    Long = 1,

    /// <summary>No decision: keep the position.</summary>
    Stay = 2,
}
