namespace BtcAgent.Domain.Instruments;

/// <summary>
/// Orders that a venue accepts for one instrument. Source: Binance <c>exchangeInfo</c> filters PRICE_FILTER, LOT_SIZE,
/// NOTIONAL/MIN_NOTIONAL and PERCENT_PRICE(_BY_SIDE), and the filters and permissions named at each member. A member that
/// is not set imposes no limit.
/// </summary>
[GenerateSerializer, Immutable, Alias("TradingRules")]
public sealed record TradingRules
{
    [Id(0)] public required InstrumentId Instrument { get; init; }

    [Id(1)] public required string BaseAsset { get; init; }

    [Id(2)] public required string QuoteAsset { get; init; }

    [Id(3)] public required Price TickSize { get; init; }

    [Id(4)] public required Quantity LotSize { get; init; }

    [Id(5)] public required Quantity MinQuantity { get; init; }

    [Id(6)] public required Quantity MaxQuantity { get; init; }

    /// <summary>Smallest price × quantity, in quote asset.</summary>
    [Id(7)] public required decimal MinNotional { get; init; }

    /// <summary>Highest allowed limit price as a multiple of the reference price; null when the venue sets none.</summary>
    [Id(8)] public decimal? PercentPriceUp { get; init; }

    /// <summary>Lowest allowed limit price as a multiple of the reference price.</summary>
    [Id(9)] public decimal? PercentPriceDown { get; init; }

    /// <summary>True only while the venue's status is TRADING.</summary>
    [Id(10)] public bool IsTrading { get; init; } = true;

    /// <summary>PRICE_FILTER: lowest limit and stop price.</summary>
    [Id(11)] public Price? MinPrice { get; init; }

    /// <summary>PRICE_FILTER: highest limit and stop price.</summary>
    [Id(12)] public Price? MaxPrice { get; init; }

    /// <summary>PERCENT_PRICE_BY_SIDE for buys; replaces the two-sided bounds.</summary>
    [Id(13)] public PriceBand? BuyBand { get; init; }

    /// <summary>PERCENT_PRICE_BY_SIDE for sells; replaces the two-sided bounds.</summary>
    [Id(14)] public PriceBand? SellBand { get; init; }

    /// <summary>MARKET_LOT_SIZE, applied to market orders in addition to the lot size.</summary>
    [Id(15)] public Quantity? MarketLotSize { get; init; }

    [Id(16)] public Quantity? MarketMinQuantity { get; init; }

    [Id(17)] public Quantity? MarketMaxQuantity { get; init; }

    /// <summary>NOTIONAL: largest price × quantity, in quote asset.</summary>
    [Id(18)] public decimal? MaxNotional { get; init; }

    [Id(19)] public bool MinNotionalAppliesToMarket { get; init; } = true;

    [Id(20)] public bool MaxNotionalAppliesToMarket { get; init; } = true;

    /// <summary>ICEBERG_PARTS: most parts, counted as quantity over visible quantity, rounded up.</summary>
    [Id(21)] public int? MaxIcebergParts { get; init; }

    /// <summary>MAX_NUM_ORDERS, _ALGO_ORDERS, _ICEBERG_ORDERS and _ORDER_LISTS of the symbol.</summary>
    [Id(22)] public OpenOrderLimits OpenOrders { get; init; }

    /// <summary>The EXCHANGE_MAX_NUM_… filters, over all symbols of the account.</summary>
    [Id(23)] public OpenOrderLimits VenueOpenOrders { get; init; }

    /// <summary>MAX_POSITION: most base asset held and bid for.</summary>
    [Id(24)] public Quantity? MaxPosition { get; init; }

    [Id(25)] public TrailingDeltaLimits? TrailingDelta { get; init; }

    /// <summary>MAX_NUM_ORDER_AMENDS: how often one order may be amended.</summary>
    [Id(26)] public int? MaxAmends { get; init; }

    // Ids 27 and 28 were the account's MAX_ASSET, which only a signed request gives and nothing asked for.

    /// <summary>None when the venue did not list them: every type then passes.</summary>
    [Id(29)] public VenueOrderTypes OrderTypes { get; init; }

    /// <summary>Features that the venue denies explicitly.</summary>
    [Id(30)] public VenueFeatures DeniedFeatures { get; init; }

    /// <summary>The venue's status, such as TRADING, HALT, BREAK or CANCEL_ONLY; null when not read from a venue.</summary>
    [Id(31)] public string? Status { get; init; }

    /// <summary>
    /// The venue's reference for limit prices and the notional of market orders; null when it has none and uses its average
    /// or last price. Source: Binance, "Filters", since 2026-05.
    /// </summary>
    [Id(32)] public Price? ReferencePrice { get; init; }

    /// <summary>The venue's reference price if it has one, otherwise the given market price.</summary>
    public Price ReferenceOr(Price market) => ReferencePrice is { IsZero: false } known ? known : market;

    /// <summary>Rounds down to the lot; a venue without a lot size accepts any quantity.</summary>
    public Quantity RoundDownToLot(Quantity quantity) => LotSize.IsZero ? quantity : quantity.RoundDownToLot(LotSize);

    /// <summary>Why orders are not accepted, with the venue's status and the remedy; null while they are.</summary>
    public string? ClosedBecause => IsTrading ? null
        : Status == "CANCEL_ONLY" ? $"{Instrument} is CANCEL_ONLY at the venue: it takes cancels and no orders; wait until it says TRADING"
        : $"{Instrument} is not open for trading{(Status is null ? "" : $" (the venue says {Status})")}: wait until the venue opens it";
}
