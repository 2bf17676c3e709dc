namespace BtcAgent.Research.Backtests;

/// <summary>The state of a backtest at one instant.</summary>
/// <param name="EventTime">Event time, strictly increasing.</param>
/// <param name="Equity">Cash and inventory at the price, in quote asset.</param>
/// <param name="Price">Mid or close.</param>
/// <param name="Exposure">Signed value of the traded position over equity; without the inventory at the start of the run.</param>
public readonly record struct CurvePoint(Timestamp EventTime, double Equity, double Price, double Exposure);
