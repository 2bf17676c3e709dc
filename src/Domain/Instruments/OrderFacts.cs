namespace BtcAgent.Domain.Instruments;

/// <summary>
/// Facts about an order and its account that a venue's filters need. A null count or position is unknown; the filters
/// that need it are left to the venue.
/// </summary>
public sealed record OrderFacts
{
    public required Side Side { get; init; }

    /// <summary>A single type; one without a limit price is checked as a market order.</summary>
    public required VenueOrderTypes Type { get; init; }

    /// <summary>In base asset.</summary>
    public required Quantity Quantity { get; init; }

    public Price? Limit { get; init; }

    public Price? Stop { get; init; }

    /// <summary>Distance of a trailing stop, in basis points.</summary>
    public int? TrailingDelta { get; init; }

    /// <summary>
    /// The venue's average or last price; zero when unknown. The rules contain its reference price, if it has one.
    /// </summary>
    public Price Reference { get; init; }

    /// <summary>Open orders on the order's symbol.</summary>
    public OpenOrderCounts? OpenOrders { get; init; }

    /// <summary>Open orders on all symbols.</summary>
    public OpenOrderCounts? VenueOpenOrders { get; init; }

    /// <summary>Base asset that is free, locked, or bid for by open buys; of the whole account.</summary>
    public Quantity? Position { get; init; }

    public bool IsMarket => Limit is null;

    public bool IsAlgo => (Type & (VenueOrderTypes.StopLoss | VenueOrderTypes.StopLossLimit
        | VenueOrderTypes.TakeProfit | VenueOrderTypes.TakeProfitLimit)) != 0;
}
