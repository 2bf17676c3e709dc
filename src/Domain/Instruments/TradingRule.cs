namespace BtcAgent.Domain.Instruments;

/// <summary>What an order can break, in the order that it is checked.</summary>
public enum TradingRule : byte
{
    NotTrading = 1,
    PriceTick = 2,
    QuantityLot = 3,
    MinQuantity = 4,
    MaxQuantity = 5,
    MinNotional = 6,

    /// <summary>The limit price is too far from the reference price.</summary>
    PercentPrice = 7,

    /// <summary>A rule needs a reference price, and there is none.</summary>
    NoReferencePrice = 8,
}
