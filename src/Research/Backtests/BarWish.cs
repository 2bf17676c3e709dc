namespace BtcAgent.Research.Backtests;

/// <summary>Where a rule wants to stand after a bar.</summary>
public enum BarWish : sbyte
{
    Short = -1,
    Flat = 0,
    Long = 1,

    /// <summary>No decision: stay as it is.</summary>
    Stay = 2,
}
