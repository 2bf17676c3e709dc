namespace BtcAgent.Research.Backtests;

/// <summary>One execution in a backtest. Money is in the quote asset.</summary>
/// <param name="EventTime">When it happened.</param>
/// <param name="Side">Of the order.</param>
/// <param name="Price">Paid or received.</param>
/// <param name="Quantity">In base asset, positive.</param>
/// <param name="Fee">Positive when paid.</param>
/// <param name="IsMaker">True when the order had rested.</param>
/// <param name="ReferencePrice">Mid (or close, over bars) when the order was decided: what slippage is measured from.</param>
/// <param name="DelayMs">Event time from decision to fill, in milliseconds.</param>
public readonly record struct BacktestFill(
    Timestamp EventTime,
    Side Side,
    decimal Price,
    decimal Quantity,
    decimal Fee,
    bool IsMaker,
    decimal ReferencePrice,
    double DelayMs)
{
    public decimal Notional => Price * Quantity;

    /// <summary>Money lost against the reference price; negative when the price was better.</summary>
    public decimal Slippage => (Side == Side.Buy ? Price - ReferencePrice : ReferencePrice - Price) * Quantity;
}
