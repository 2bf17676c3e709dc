namespace BtcAgent.Research.Backtests;

/// <summary>One position from its opening to its closing fill, lots matched first in, first out.</summary>
/// <param name="EntryTime">Of the fill that opened it.</param>
/// <param name="ExitTime">Of the fill that closed it.</param>
/// <param name="Side">Buy for a long position.</param>
/// <param name="Quantity">Base asset, positive.</param>
/// <param name="EntryPrice">In quote asset.</param>
/// <param name="ExitPrice">In quote asset.</param>
/// <param name="GrossPnl">Before fees, in quote asset.</param>
/// <param name="Fees">Of both sides, in quote asset.</param>
public readonly record struct RoundTrip(
    Timestamp EntryTime,
    Timestamp ExitTime,
    Side Side,
    decimal Quantity,
    decimal EntryPrice,
    decimal ExitPrice,
    decimal GrossPnl,
    decimal Fees)
{
    public decimal NetPnl => GrossPnl - Fees;
}
