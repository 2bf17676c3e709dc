namespace BtcAgent.Domain.Instruments;

/// <summary>Order types of the venue. Source: Binance spot <c>orderTypes</c>.</summary>
[Flags]
public enum VenueOrderTypes : byte
{
    None = 0,
    Market = 1,
    Limit = 2,
    LimitMaker = 4,
    StopLoss = 8,
    StopLossLimit = 16,
    TakeProfit = 32,
    TakeProfitLimit = 64,
}
