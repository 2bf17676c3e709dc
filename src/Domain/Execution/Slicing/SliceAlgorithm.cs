namespace BtcAgent.Domain.Execution.Slicing;

/// <summary>How a parent order is cut into children.</summary>
public enum SliceAlgorithm : byte
{
    /// <summary>Equal parts over equal spans of time.</summary>
    Twap = 1,

    /// <summary>Parts in proportion to a volume profile over equal spans of time.</summary>
    Vwap = 2,

    /// <summary>A visible part at the limit price, refilled when it has filled.</summary>
    Iceberg = 3,

    /// <summary>A part that follows the best price of its own side.</summary>
    Peg = 4,
}
