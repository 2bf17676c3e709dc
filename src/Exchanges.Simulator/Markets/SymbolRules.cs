using System.Collections.Frozen;

namespace BtcAgent.Exchanges.Simulator.Markets;

/// <summary>The filters of every simulated symbol: BTCUSDT's on Binance spot, 2026.</summary>
internal static class SymbolRules
{
    public const string QuoteAsset = "USDT";
    public const decimal Tick = 0.01m;
    public const decimal MaxPrice = 1_000_000;
    public const decimal Lot = 0.00001m;
    public const decimal MaxQuantity = 9_000;
    public const decimal MinNotional = 5;
    public const decimal MaxNotional = 9_000_000;
    public const decimal PercentUp = 5;
    public const decimal PercentDown = 0.2m;
    /// <summary>100 since 2026-03-12.</summary>
    public const int IcebergParts = 100;
    public const int MaxOrders = 200;
    public const int MaxAlgoOrders = 5;
    public const int MaxAmends = 10;

    /// <summary>The only status in which orders are accepted.</summary>
    public const string Trading = "TRADING";

    public static readonly FrozenSet<string> SelfTradeModes =
        new[] { "NONE", "EXPIRE_TAKER", "EXPIRE_MAKER", "EXPIRE_BOTH", "DECREMENT", "TRANSFER" }.ToFrozenSet(StringComparer.Ordinal);

    /// <param name="symbol">Upper case.</param>
    /// <param name="status">The venue's status word, such as TRADING or CANCEL_ONLY.</param>
    public static string Json(string symbol, string status) => $$"""
        {"symbol":"{{symbol}}","status":"{{status}}","baseAsset":"{{BaseAsset(symbol)}}","baseAssetPrecision":8,"quoteAsset":"USDT",
        "quotePrecision":8,"quoteAssetPrecision":8,"orderTypes":["LIMIT","LIMIT_MAKER","MARKET","STOP_LOSS","STOP_LOSS_LIMIT","TAKE_PROFIT","TAKE_PROFIT_LIMIT"],
        "icebergAllowed":true,"ocoAllowed":true,"otoAllowed":true,"allowTrailingStop":true,"cancelReplaceAllowed":true,"amendAllowed":true,"isSpotTradingAllowed":true,"isMarginTradingAllowed":false,
        "defaultSelfTradePreventionMode":"EXPIRE_MAKER","allowedSelfTradePreventionModes":["NONE","EXPIRE_TAKER","EXPIRE_MAKER","EXPIRE_BOTH","DECREMENT","TRANSFER"],"filters":[
        {"filterType":"PRICE_FILTER","minPrice":"0.01000000","maxPrice":"1000000.00000000","tickSize":"0.01000000"},
        {"filterType":"LOT_SIZE","minQty":"0.00001000","maxQty":"9000.00000000","stepSize":"0.00001000"},
        {"filterType":"PERCENT_PRICE_BY_SIDE","bidMultiplierUp":"5","bidMultiplierDown":"0.2","askMultiplierUp":"5","askMultiplierDown":"0.2","avgPriceMins":5},
        {"filterType":"NOTIONAL","minNotional":"5.00000000","applyMinToMarket":true,"maxNotional":"9000000.00000000","applyMaxToMarket":false,"avgPriceMins":5},
        {"filterType":"ICEBERG_PARTS","limit":100},
        {"filterType":"TRAILING_DELTA","minTrailingAboveDelta":10,"maxTrailingAboveDelta":2000,"minTrailingBelowDelta":10,"maxTrailingBelowDelta":2000},
        {"filterType":"MAX_NUM_ALGO_ORDERS","maxNumAlgoOrders":5},
        {"filterType":"MAX_NUM_ORDERS","maxNumOrders":200},
        {"filterType":"MAX_NUM_ORDER_AMENDS","maxNumOrderAmends":10}]}
        """;

    public static string BaseAsset(string symbol) =>
        symbol.EndsWith("USDT", StringComparison.Ordinal) ? symbol[..^4] : symbol;
}
