using System.Collections.Immutable;
using System.Text.Json;
using BtcAgent.Domain.Instruments;

namespace BtcAgent.Exchanges.Binance.Rest;

/// <summary>
/// Reads <c>GET /api/v3/exchangeInfo</c>. As documented by the venue, an absent filter sets no limit.
/// Source: Binance spot API documentation, "Filters".
/// </summary>
public static class ExchangeInfo
{
    /// <exception cref="MarketFeedException">Not an exchangeInfo answer, or the symbol is not in it.</exception>
    public static TradingRules Read(ReadOnlyMemory<byte> json, InstrumentId instrument)
    {
        var rules = Guarded($"the venue's exchangeInfo for {instrument}", () =>
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            foreach (var symbol in root.GetProperty("symbols").EnumerateArray())
            {
                if (symbol.GetProperty("symbol").ValueEquals(instrument.Symbol))
                {
                    return RulesOf(symbol, instrument, root);
                }
            }

            return null;
        });
        return rules ?? throw new MarketFeedException(
            $"the venue does not list {instrument.Symbol}: check the instrument's name");
    }

    /// <summary>
    /// Every listed symbol whose name is a valid instrument symbol, under the given venue's name. Skips the others: a few
    /// coins have Chinese names.
    /// </summary>
    /// <exception cref="MarketFeedException">Not an exchangeInfo answer.</exception>
    public static ImmutableArray<TradingRules> ReadAll(ReadOnlyMemory<byte> json, string venue) =>
        Guarded($"the venue's exchangeInfo of {venue}", () =>
        {
            using var document = JsonDocument.Parse(json);
            var all = ImmutableArray.CreateBuilder<TradingRules>();
            foreach (var symbol in document.RootElement.GetProperty("symbols").EnumerateArray())
            {
                var name = symbol.GetProperty("symbol").GetString();
                if (InstrumentId.TryParse($"{venue}:{name}", out var instrument))
                {
                    all.Add(RulesOf(symbol, instrument, document.RootElement));
                }
            }

            return all.DrainToImmutable();
        });

    private static T Guarded<T>(string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or OverflowException or ArgumentException)
        {
            throw new MarketFeedException(
                $"{what} cannot be read: {problem.Message} Check Binance:RestBaseAddress", problem);
        }
    }

    private static TradingRules RulesOf(JsonElement symbol, InstrumentId instrument, JsonElement answer)
    {
        var status = symbol.GetProperty("status").GetString()!;
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
            IsTrading = status == "TRADING",
            Status = status,
            OrderTypes = ExchangeInfoPermissions.OrderTypesOf(symbol),
            DeniedFeatures = ExchangeInfoPermissions.DeniedBy(symbol),
        };
        rules = ExchangeInfoFilters.Apply(rules, answer, "exchangeFilters", "assetFilters");
        return ExchangeInfoFilters.Apply(rules, symbol, "filters");
    }
}
