using System.Globalization;
using System.Text.Json;
using BtcAgent.Domain.Instruments;

namespace BtcAgent.Exchanges.Binance.Rest;

/// <summary>
/// Reads <c>GET /api/v3/exchangeInfo</c>. Filters that are absent set no limit, as the venue means it.
/// Source: Binance spot API documentation, "Filters".
/// </summary>
public static class ExchangeInfo
{
    /// <exception cref="MarketFeedException">Not an exchangeInfo answer, or the symbol is not in it.</exception>
    public static TradingRules Read(ReadOnlyMemory<byte> json, InstrumentId instrument)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            foreach (var symbol in document.RootElement.GetProperty("symbols").EnumerateArray())
            {
                if (symbol.GetProperty("symbol").ValueEquals(instrument.Symbol))
                {
                    return RulesOf(symbol, instrument);
                }
            }
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            throw new MarketFeedException(
                $"the venue's exchangeInfo for {instrument} cannot be read: {problem.Message} "
                + "Check Binance:RestBaseAddress", problem);
        }

        throw new MarketFeedException($"the venue does not list {instrument.Symbol}: check the instrument's name");
    }

    private static TradingRules RulesOf(JsonElement symbol, InstrumentId instrument)
    {
        var rules = new TradingRules
        {
            Instrument = instrument,
            BaseAsset = symbol.GetProperty("baseAsset").GetString()!,
            QuoteAsset = symbol.GetProperty("quoteAsset").GetString()!,
            TickSize = Price.FromUnits(1),
            LotSize = Quantity.FromUnits(1),
            MinQuantity = Quantity.Zero,
            MaxQuantity = Quantity.FromUnits(long.MaxValue),
            MinNotional = 0m,
            IsTrading = symbol.GetProperty("status").ValueEquals("TRADING"),
        };
        foreach (var filter in symbol.GetProperty("filters").EnumerateArray())
        {
            rules = With(rules, filter);
        }

        return rules;
    }

    private static TradingRules With(TradingRules rules, JsonElement filter) => TypeOf(filter) switch
    {
        "PRICE_FILTER" when Number(filter, "tickSize") is > 0 and var tick =>
            rules with { TickSize = Price.FromDecimal(tick) },
        "LOT_SIZE" => rules with
        {
            LotSize = Number(filter, "stepSize") is > 0 and var step ? Quantity.FromDecimal(step) : rules.LotSize,
            MinQuantity = Quantity.FromDecimal(Number(filter, "minQty")),
            MaxQuantity = Largest(Number(filter, "maxQty")),
        },
        "NOTIONAL" or "MIN_NOTIONAL" => rules with { MinNotional = Number(filter, "minNotional") },
        "PERCENT_PRICE" => rules with
        {
            PercentPriceUp = Number(filter, "multiplierUp"),
            PercentPriceDown = Number(filter, "multiplierDown"),
        },
        // The tighter of the two sides, so that the limit holds for both.
        "PERCENT_PRICE_BY_SIDE" => rules with
        {
            PercentPriceUp = Math.Min(Number(filter, "bidMultiplierUp"), Number(filter, "askMultiplierUp")),
            PercentPriceDown = Math.Max(Number(filter, "bidMultiplierDown"), Number(filter, "askMultiplierDown")),
        },
        _ => rules,
    };

    private static string? TypeOf(JsonElement filter) => filter.GetProperty("filterType").GetString();

    private static decimal Number(JsonElement filter, string name) => decimal.Parse(
        filter.GetProperty(name).GetString()!, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    /// <summary>Some small coins have limits above what a quantity holds; such a limit is none.</summary>
    private static Quantity Largest(decimal value) =>
        value >= (decimal)long.MaxValue / Quantity.UnitsPerWhole
            ? Quantity.FromUnits(long.MaxValue)
            : Quantity.FromDecimal(value);
}
