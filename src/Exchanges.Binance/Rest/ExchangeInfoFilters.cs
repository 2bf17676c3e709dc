using System.Globalization;
using System.Text.Json;
using BtcAgent.Domain.Instruments;

namespace BtcAgent.Exchanges.Binance.Rest;

/// <summary>
/// Reads filters into <see cref="TradingRules"/>. As documented by the venue, zero disables a price limit, a market lot and
/// a position limit. Filters that are unknown here are left to the venue to enforce.
/// </summary>
internal static class ExchangeInfoFilters
{
    /// <param name="rules">The rules that the filters are applied to.</param>
    /// <param name="holder">JSON object with the lists; an absent list contains no filters.</param>
    /// <param name="lists">Property names of the lists.</param>
    public static TradingRules Apply(TradingRules rules, JsonElement holder, params ReadOnlySpan<string> lists)
    {
        foreach (var list in lists)
        {
            if (!holder.TryGetProperty(list, out var filters))
            {
                if (list == "filters")
                {
                    throw new KeyNotFoundException($"{rules.Instrument} has no filters.");
                }

                continue;
            }

            foreach (var filter in filters.EnumerateArray())
            {
                var type = filter.GetProperty("filterType").GetString();
                rules = OfPriceAndQuantity(rules, type, filter) ?? OfAccount(rules, type, filter) ?? rules;
            }
        }

        return rules;
    }

    private static TradingRules? OfPriceAndQuantity(TradingRules rules, string? type, JsonElement filter) =>
        type switch
        {
            "PRICE_FILTER" => rules with
            {
                TickSize = Number(filter, "tickSize") is > 0 and var tick ? Price.FromDecimal(tick) : rules.TickSize,
                MinPrice = Number(filter, "minPrice") is > 0 and var least ? Price.FromDecimal(least) : null,
                MaxPrice = Number(filter, "maxPrice") is > 0 and var most && Fits(most)
                    ? Price.FromDecimal(most)
                    : null,
            },
            "LOT_SIZE" => rules with
            {
                LotSize = Number(filter, "stepSize") is > 0 and var step ? Quantity.FromDecimal(step) : rules.LotSize,
                MinQuantity = Quantity.FromDecimal(Number(filter, "minQty")),
                MaxQuantity = QuantityOrNull(filter, "maxQty") ?? Quantity.FromUnits(long.MaxValue),
            },
            "MARKET_LOT_SIZE" => rules with
            {
                MarketLotSize = QuantityOrNull(filter, "stepSize"),
                MarketMinQuantity = QuantityOrNull(filter, "minQty"),
                MarketMaxQuantity = QuantityOrNull(filter, "maxQty"),
            },
            "MIN_NOTIONAL" => rules with
            {
                MinNotional = Number(filter, "minNotional"),
                MinNotionalAppliesToMarket = Flag(filter, "applyToMarket"),
            },
            "NOTIONAL" => rules with
            {
                MinNotional = Number(filter, "minNotional"),
                MinNotionalAppliesToMarket = Flag(filter, "applyMinToMarket"),
                MaxNotional = filter.TryGetProperty("maxNotional", out _) ? Number(filter, "maxNotional") : null,
                MaxNotionalAppliesToMarket = Flag(filter, "applyMaxToMarket"),
            },
            "PERCENT_PRICE" => rules with
            {
                PercentPriceUp = Number(filter, "multiplierUp"),
                PercentPriceDown = Number(filter, "multiplierDown"),
            },
            "PERCENT_PRICE_BY_SIDE" => BySide(rules, filter),
            _ => null,
        };

    /// <summary>Sets the bounds that apply to both sides to the tighter of the two.</summary>
    private static TradingRules BySide(TradingRules rules, JsonElement filter)
    {
        var buy = new PriceBand(Number(filter, "bidMultiplierUp"), Number(filter, "bidMultiplierDown"));
        var sell = new PriceBand(Number(filter, "askMultiplierUp"), Number(filter, "askMultiplierDown"));
        return rules with
        {
            BuyBand = buy,
            SellBand = sell,
            PercentPriceUp = Math.Min(buy.Up, sell.Up),
            PercentPriceDown = Math.Max(buy.Down, sell.Down),
        };
    }

    private static TradingRules? OfAccount(TradingRules rules, string? type, JsonElement filter) => type switch
    {
        "ICEBERG_PARTS" => rules with { MaxIcebergParts = Count(filter, "limit") },
        "MAX_POSITION" => rules with { MaxPosition = QuantityOrNull(filter, "maxPosition") },
        "MAX_NUM_ORDER_AMENDS" => rules with { MaxAmends = Count(filter, "maxNumOrderAmends") },
        "TRAILING_DELTA" => rules with
        {
            TrailingDelta = new TrailingDeltaLimits(
                Count(filter, "minTrailingAboveDelta"),
                Count(filter, "maxTrailingAboveDelta"),
                Count(filter, "minTrailingBelowDelta"),
                Count(filter, "maxTrailingBelowDelta")),
        },
        _ when type?.StartsWith("EXCHANGE_", StringComparison.Ordinal) == true =>
            rules with { VenueOpenOrders = With(rules.VenueOpenOrders, type["EXCHANGE_".Length..], filter) },
        _ => rules with { OpenOrders = With(rules.OpenOrders, type, filter) },
    };

    private static OpenOrderLimits With(OpenOrderLimits limits, string? type, JsonElement filter) => type switch
    {
        "MAX_NUM_ORDERS" => limits with { Orders = Count(filter, "maxNumOrders", "limit") },
        "MAX_NUM_ALGO_ORDERS" => limits with { AlgoOrders = Count(filter, "maxNumAlgoOrders", "limit") },
        "MAX_NUM_ICEBERG_ORDERS" => limits with { IcebergOrders = Count(filter, "maxNumIcebergOrders", "limit") },
        "MAX_NUM_ORDER_LISTS" => limits with { OrderLists = Count(filter, "maxNumOrderLists", "limit") },
        _ => limits,
    };

    /// <summary>
    /// Null for zero, which disables the limit, and for values that exceed a quantity, as with small coins.
    /// </summary>
    private static Quantity? QuantityOrNull(JsonElement filter, string name) =>
        Number(filter, name) is > 0 and var value && Fits(value) ? Quantity.FromDecimal(value) : null;

    private static bool Fits(decimal value) => value < (decimal)long.MaxValue / Quantity.UnitsPerWhole;

    private static bool Flag(JsonElement filter, string name) =>
        !filter.TryGetProperty(name, out var flag) || flag.GetBoolean();

    /// <summary>Reads a count; older answers name every limit "limit".</summary>
    private static int Count(JsonElement filter, string name, string olderName) =>
        Count(filter, filter.TryGetProperty(name, out _) ? name : olderName);

    private static int Count(JsonElement filter, string name) => filter.GetProperty(name).GetInt32();

    private static decimal Number(JsonElement filter, string name) => decimal.Parse(
        filter.GetProperty(name).GetString()!, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
