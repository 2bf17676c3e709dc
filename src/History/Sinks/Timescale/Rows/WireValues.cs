using System.Globalization;
using System.Text.Json;
using WireSide = BtcAgent.Contracts.Wire.V1.Side;

namespace BtcAgent.History.Sinks.Timescale.Rows;

/// <summary>Reads the fields of messages. Anything may be in a topic, so a row's values are checked before a batch is written.</summary>
internal static class WireValues
{
    private const string Zero = "\0";

    /// <exception cref="FormatException">Not a decimal number.</exception>
    public static decimal Decimal(string text) =>
        decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new FormatException($"'{text}' is not a decimal number");

    /// <summary>+1 for a buy, −1 for a sell, 0 when not stated.</summary>
    public static int Sign(WireSide side) => side switch { WireSide.Buy => 1, WireSide.Sell => -1, _ => 0 };

    /// <summary>The fact's time in ns since 1970, or when it was logged if the message has none.</summary>
    public static long TimeOf(long unixNs, in FactRecord fact) => unixNs != 0 ? unixNs : fact.LoggedAt.UnixNanoseconds;

    /// <summary>PostgreSQL stores every character but this one.</summary>
    public static void CheckTexts(params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            if (text.Contains(Zero, StringComparison.Ordinal))
            {
                throw new FormatException("a text contains the character U+0000");
            }
        }
    }

    public static void CheckJson(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
        }
        catch (JsonException e)
        {
            throw new FormatException($"the record is not JSON: {e.Message}", e);
        }

        if (json.Contains("\\u0000", StringComparison.Ordinal))
        {
            throw new FormatException("the record contains the character U+0000");
        }
    }
}
