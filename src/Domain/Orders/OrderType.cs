namespace BtcAgent.Domain.Orders;

public enum OrderType : byte
{
    Market = 1,
    Limit = 2,

    /// <summary>A limit order that is refused rather than take liquidity (post-only).</summary>
    LimitMaker = 3,

    /// <summary>A market order from the moment the market trades at the stop price, against the position.</summary>
    StopLoss = 4,

    /// <summary>A limit order from the moment the market trades at the stop price, against the position.</summary>
    StopLossLimit = 5,

    /// <summary>A market order from the moment the market trades at the stop price, in the position's favour.</summary>
    TakeProfit = 6,

    /// <summary>A limit order from the moment the market trades at the stop price, in the position's favour.</summary>
    TakeProfitLimit = 7,
}
