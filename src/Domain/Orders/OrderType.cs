namespace BtcAgent.Domain.Orders;

public enum OrderType : byte
{
    Market = 1,
    Limit = 2,

    /// <summary>A limit order that the venue rejects if it would take liquidity (post-only).</summary>
    LimitMaker = 3,

    /// <summary>Becomes a market order when the market trades at the stop price, against the position.</summary>
    StopLoss = 4,

    /// <summary>Becomes a limit order when the market trades at the stop price, against the position.</summary>
    StopLossLimit = 5,

    /// <summary>Becomes a market order when the market trades at the stop price, in favour of the position.</summary>
    TakeProfit = 6,

    /// <summary>Becomes a limit order when the market trades at the stop price, in favour of the position.</summary>
    TakeProfitLimit = 7,
}
