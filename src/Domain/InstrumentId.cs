using System.Text.Json.Serialization;

namespace BtcAgent.Domain;

/// <summary>
/// A tradable pair on a venue, written <c>BINANCE:BTCUSDT</c>: upper-case letters and digits on both sides. The text is
/// also the stream and grain key.
/// </summary>
[GenerateSerializer, Immutable, Alias("InstrumentId")]
[JsonConverter(typeof(InstrumentIdJsonConverter))]
public readonly record struct InstrumentId
{
    [Id(0)]
    private readonly string? _key;

    private InstrumentId(string key) => _key = key;

    /// <summary>The full text, <c>VENUE:SYMBOL</c>.</summary>
    public string Key => _key ?? "";

    public string Venue => Key[..Math.Max(0, Key.IndexOf(':'))];

    public string Symbol => Key[(Key.IndexOf(':') + 1)..];

    public static bool TryParse(string? text, out InstrumentId id)
    {
        id = default;
        var colon = text?.IndexOf(':') ?? -1;
        if (colon <= 0 || colon == text!.Length - 1 || text.Length > 64)
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (i != colon && !char.IsAsciiLetterUpper(text[i]) && !char.IsAsciiDigit(text[i]))
            {
                return false;
            }
        }

        id = new InstrumentId(text);
        return true;
    }

    /// <exception cref="FormatException">Not <c>VENUE:SYMBOL</c>; the message contains the text.</exception>
    public static InstrumentId Parse(string text) =>
        TryParse(text, out var id)
            ? id
            : throw new FormatException($"'{text}' is not an instrument: expected VENUE:SYMBOL in capitals, such as BINANCE:BTCUSDT");

    public override string ToString() => Key;
}
