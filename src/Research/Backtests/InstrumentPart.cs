namespace BtcAgent.Research.Backtests;

/// <summary>One instrument's part of a backtest; money in quote asset.</summary>
/// <param name="Instrument">Key of the instrument.</param>
/// <param name="Source">Description of its bars.</param>
/// <param name="Steps">Number of its bars.</param>
/// <param name="Fills">Number of its fills.</param>
/// <param name="RoundTrips">Number of closed positions.</param>
/// <param name="Won">Closed positions with a profit after fees.</param>
/// <param name="GrossPnl">Profit of closed positions before fees.</param>
/// <param name="Fees">All fees, those of open positions included.</param>
/// <param name="NetPnl">Profit of closed positions after fees.</param>
/// <param name="Refusals">Orders that were not sent, or not filled, and refused signals, by code.</param>
public sealed record InstrumentPart(
    string Instrument,
    string Source,
    long Steps,
    int Fills,
    int RoundTrips,
    int Won,
    decimal GrossPnl,
    decimal Fees,
    decimal NetPnl,
    IReadOnlyDictionary<string, int> Refusals);
