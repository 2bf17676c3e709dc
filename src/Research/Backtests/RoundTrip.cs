namespace BtcAgent.Research.Backtests;

/// <summary>The quantity that one order opened and one order closed, matched first in, first out; prices are means over the fills.</summary>
/// <param name="EntryTime">Time of the first opening fill.</param>
/// <param name="ExitTime">Time of the last closing fill.</param>
/// <param name="Side">Buy for a long position.</param>
/// <param name="Quantity">Quantity in base asset, positive.</param>
/// <param name="EntryPrice">Entry price in quote asset.</param>
/// <param name="ExitPrice">Exit price in quote asset.</param>
/// <param name="GrossPnl">Profit before fees, in quote asset.</param>
/// <param name="Fees">Fees of both sides, in quote asset.</param>
/// <param name="Exit">Why the position was closed.</param>
public readonly record struct RoundTrip(
    Timestamp EntryTime,
    Timestamp ExitTime,
    Side Side,
    decimal Quantity,
    decimal EntryPrice,
    decimal ExitPrice,
    decimal GrossPnl,
    decimal Fees,
    ExitReason Exit = ExitReason.Signal)
{
    public decimal NetPnl => GrossPnl - Fees;
}
