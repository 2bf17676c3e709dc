namespace BtcAgent.Exchanges.Simulator.Rest;

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
    public const int IcebergParts = 10;
    public const int MaxOrders = 200;
    public const int MaxAlgoOrders = 5;

    public static string Json(string symbol) => $$"""
        {"symbol":"{{symbol}}","status":"TRADING","baseAsset":"{{BaseAsset(symbol)}}","baseAssetPrecision":8,"quoteAsset":"USDT",
        "quotePrecision":8,"quoteAssetPrecision":8,"orderTypes":["LIMIT","LIMIT_MAKER","MARKET","STOP_LOSS","STOP_LOSS_LIMIT","TAKE_PROFIT","TAKE_PROFIT_LIMIT"],
        "icebergAllowed":true,"ocoAllowed":true,"otoAllowed":true,"allowTrailingStop":true,"cancelReplaceAllowed":true,"isSpotTradingAllowed":true,"isMarginTradingAllowed":false,"filters":[
        {"filterType":"PRICE_FILTER","minPrice":"0.01000000","maxPrice":"1000000.00000000","tickSize":"0.01000000"},
        {"filterType":"LOT_SIZE","minQty":"0.00001000","maxQty":"9000.00000000","stepSize":"0.00001000"},
        {"filterType":"PERCENT_PRICE_BY_SIDE","bidMultiplierUp":"5","bidMultiplierDown":"0.2","askMultiplierUp":"5","askMultiplierDown":"0.2","avgPriceMins":5},
        {"filterType":"NOTIONAL","minNotional":"5.00000000","applyMinToMarket":true,"maxNotional":"9000000.00000000","applyMaxToMarket":false,"avgPriceMins":5},
        {"filterType":"ICEBERG_PARTS","limit":10},
        {"filterType":"TRAILING_DELTA","minTrailingAboveDelta":10,"maxTrailingAboveDelta":2000,"minTrailingBelowDelta":10,"maxTrailingBelowDelta":2000},
        {"filterType":"MAX_NUM_ALGO_ORDERS","maxNumAlgoOrders":5},
        {"filterType":"MAX_NUM_ORDERS","maxNumOrders":200}]}
        """;

    public static string BaseAsset(string symbol) =>
        symbol.EndsWith("USDT", StringComparison.Ordinal) ? symbol[..^4] : symbol;
}
