namespace BtcAgent.Domain.Instruments;

/// <summary>
/// What a venue accepts for one instrument. Source: Binance <c>exchangeInfo</c> filters PRICE_FILTER, LOT_SIZE,
/// NOTIONAL/MIN_NOTIONAL and PERCENT_PRICE(_BY_SIDE).
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

    /// <summary>False when the venue says anything but TRADING.</summary>
    [Id(10)] public bool IsTrading { get; init; } = true;
}
