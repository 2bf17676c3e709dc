namespace BtcAgent.Research.Backtests;

/// <summary>One execution in a backtest. Money is in the quote asset.</summary>
/// <param name="EventTime">Event time of the fill.</param>
/// <param name="Side">Side of the order.</param>
/// <param name="Price">Price paid or received.</param>
/// <param name="Quantity">Quantity in base asset, positive.</param>
/// <param name="Fee">Fee, positive when paid.</param>
/// <param name="IsMaker">True when the order had rested.</param>
/// <param name="ReferencePrice">Mid (or close, over bars) when the order was decided, from which slippage is measured.</param>
/// <param name="DelayMs">Event time from decision to fill, in milliseconds.</param>
/// <param name="Reason">Why the order was sent; a signal unless the position was closed for another reason.</param>
public readonly record struct BacktestFill(
    Timestamp EventTime,
    Side Side,
    decimal Price,
    decimal Quantity,
    decimal Fee,
    bool IsMaker,
    decimal ReferencePrice,
    double DelayMs,
    ExitReason Reason = ExitReason.Signal)
{
    public decimal Notional => Price * Quantity;

    /// <summary>Loss against the reference price; negative when the price was better.</summary>
    public decimal Slippage => (Side == Side.Buy ? Price - ReferencePrice : ReferencePrice - Price) * Quantity;
}
