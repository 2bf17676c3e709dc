namespace BtcAgent.Domain.Orders;

public enum OrderType : byte
{
    Market = 1,
    Limit = 2,

    /// <summary>A limit order that is refused rather than take liquidity (post-only).</summary>
    LimitMaker = 3,
}
