using System.Globalization;
using System.Text.Json;

namespace BtcAgent.Exchanges.Binance.Execution.Payloads;

/// <summary>Reads Binance's JSON: amounts are strings, times are milliseconds (or microseconds), ids are numbers.</summary>
internal static class JsonReading
{
    /// <summary>Whether reading an unexpected payload can throw the exception; the readers throw no other.</summary>
    public static bool IsOtherShape(Exception problem) => problem is JsonException or KeyNotFoundException
        or InvalidOperationException or FormatException or OverflowException or ArgumentException;

    public static string Text(this JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null");

    public static string Text(this JsonElement json, string name, string fallback) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : fallback;

    public static long Number(this JsonElement json, string name) => json.GetProperty(name).GetInt64();

    public static decimal Amount(this JsonElement json, string name) => AmountOf(json.GetProperty(name));

    /// <summary>Zero where it is absent or null.</summary>
    public static decimal AmountOrZero(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? AmountOf(value) : 0;

    public static decimal AmountOf(JsonElement value) => decimal.Parse(
        value.ValueKind == JsonValueKind.Number ? value.GetRawText() : value.GetString()!,
        NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
        CultureInfo.InvariantCulture);

    public static Quantity Quantity(this JsonElement json, string name) => Domain.Quantity.FromDecimal(json.Amount(name));

    public static Price Price(this JsonElement json, string name) => Domain.Price.FromDecimal(json.Amount(name));

    /// <summary>Binance writes zero for a price that an order does not have.</summary>
    public static Price? PriceOrNull(this JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var amount = AmountOf(value);
        return amount > 0 ? Domain.Price.FromDecimal(amount) : null;
    }

    public static Timestamp Time(this JsonElement json, string name) =>
        Frames.VenueTime.TryRead(json.Number(name), out var time) ? time : throw new FormatException($"{name} is not a time");

    public static Side Side(this JsonElement json, string name) => json.Text(name) switch
    {
        "BUY" => Domain.Side.Buy,
        "SELL" => Domain.Side.Sell,
        var other => throw new FormatException($"{name} is '{other}', neither BUY nor SELL"),
    };
}
