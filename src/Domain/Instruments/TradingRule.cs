namespace BtcAgent.Domain.Instruments;

/// <summary>Rules that an order can break, in the order of the checks. 12 and 17 were icebergs and amendments, which the agent does not send, 18 the account's MAX_ASSET.</summary>
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

    /// <summary>The price or stop price is below the venue's lowest.</summary>
    MinPrice = 9,

    /// <summary>The price or stop price is above the venue's highest.</summary>
    MaxPrice = 10,
    MaxNotional = 11,

    /// <summary>The account would have too many orders open on the symbol.</summary>
    OpenOrders = 13,

    /// <summary>The account would have too many orders open on the venue.</summary>
    VenueOpenOrders = 14,
    MaxPosition = 15,
    TrailingDelta = 16,

    /// <summary>The venue does not allow this type of order on the symbol.</summary>
    NotAllowed = 19,
}
