using System.Globalization;
using System.Text.Json;
using BtcAgent.Exchanges.Simulator.Markets;
using BtcAgent.Exchanges.Simulator.Streams;

namespace BtcAgent.Exchanges.Simulator.Rest;

/// <summary>Writes reference prices and execution rules with Binance's field names.</summary>
internal static class ReferenceJson
{
    public static void Price(Utf8JsonWriter json, SimulatedMarket market, long nowMs)
    {
        json.WriteStartObject();
        json.WriteString("symbol", market.Symbol);
        json.WriteString("referencePrice", market.Reference.Current(market.NowMs) is { } price ? VenueMessages.Text(price) : null);
        json.WriteNumber("timestamp", nowMs);
        json.WriteEndObject();
    }

    public static void Calculation(Utf8JsonWriter json, SimulatedMarket market, long nowMs)
    {
        json.WriteStartObject();
        json.WriteString("symbol", market.Symbol);
        if (market.Reference.Source == ReferencePriceSource.Trades)
        {
            json.WriteString("calculationType", "ARITHMETIC_MEAN");
            json.WriteNumber("bucketCount", ReferencePrice.BucketCount);
            json.WriteNumber("bucketWidthMs", ReferencePrice.BucketWidthMs);
        }
        else
        {
            json.WriteString("calculationType", "EXTERNAL");
            json.WriteNumber("externalCalculationId", 0);
        }

        json.WriteEndObject();
    }

    public static void Rules(Utf8JsonWriter json, SimulatedMarket market)
    {
        json.WriteStartObject();
        json.WriteStartArray("symbolRules");
        if (market.PriceRange is var (down, up))
        {
            json.WriteStartObject();
            json.WriteString("symbol", market.Symbol);
            json.WriteStartArray("rules");
            json.WriteStartObject();
            json.WriteString("ruleType", "PRICE_RANGE");
            json.WriteString("bidLimitMultUp", Text(up));
            json.WriteString("bidLimitMultDown", Text(down));
            json.WriteString("askLimitMultUp", Text(up));
            json.WriteString("askLimitMultDown", Text(down));
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Text(decimal multiple) => multiple.ToString("F4", CultureInfo.InvariantCulture);
}
