namespace BtcAgent.Domain.Instruments;

/// <summary>
/// What a venue's filters need to know about an order and its account. A null count or position is unknown; the filters
/// that need it are left to the venue.
/// </summary>
[GenerateSerializer, Immutable, Alias("OrderFacts")]
public sealed record OrderFacts
{
    [Id(0)] public required Side Side { get; init; }

    /// <summary>A single type; one without a limit price is checked as a market order.</summary>
    [Id(1)] public required VenueOrderTypes Type { get; init; }

    /// <summary>In base asset.</summary>
    [Id(2)] public required Quantity Quantity { get; init; }

    [Id(3)] public Price? Limit { get; init; }

    [Id(4)] public Price? Stop { get; init; }

    /// <summary>Distance of a trailing stop, in basis points.</summary>
    [Id(5)] public int? TrailingDelta { get; init; }

    /// <summary>The visible part; null or zero shows all.</summary>
    [Id(6)] public Quantity? IcebergQuantity { get; init; }

    /// <summary>
    /// The venue's average or last price; zero when unknown. The rules contain its reference price, if it has one.
    /// </summary>
    [Id(7)] public Price Reference { get; init; }

    /// <summary>Open orders on the order's symbol.</summary>
    [Id(8)] public OpenOrderCounts? OpenOrders { get; init; }

    /// <summary>Open orders on all symbols.</summary>
    [Id(9)] public OpenOrderCounts? VenueOpenOrders { get; init; }

    /// <summary>Base asset that is free, locked, or bid for by open buys.</summary>
    [Id(10)] public Quantity? Position { get; init; }

    /// <summary>Number of earlier amendments; set when this is an amendment.</summary>
    [Id(11)] public int? Amends { get; init; }

    /// <summary>
    /// The kind of list that the order is part of: <see cref="VenueFeatures.Oco"/>, Oto or both; else none.
    /// </summary>
    [Id(12)] public VenueFeatures List { get; init; }

    /// <summary>The order replaces one that is cancelled with it.</summary>
    [Id(13)] public bool IsCancelReplace { get; init; }

    public bool IsMarket => Limit is null;

    public bool IsAlgo => (Type & (VenueOrderTypes.StopLoss | VenueOrderTypes.StopLossLimit
        | VenueOrderTypes.TakeProfit | VenueOrderTypes.TakeProfitLimit)) != 0;

    public bool IsIceberg => IcebergQuantity is { IsZero: false };
}
