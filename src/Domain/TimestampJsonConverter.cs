using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BtcAgent.Domain;

/// <summary>Reads and writes a <see cref="Timestamp"/> as ISO 8601 with nine decimals.</summary>
public sealed class TimestampJsonConverter : JsonConverter<Timestamp>
{
    private const string Seconds = "yyyy-MM-dd'T'HH:mm:ss";

    public override Timestamp Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString() ?? "";
        if (text.Length == 30 && text[19] == '.' && text[29] == 'Z'
            && DateTime.TryParseExact(text[..19], Seconds, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var whole)
            && int.TryParse(text.AsSpan(20, 9), NumberStyles.None, CultureInfo.InvariantCulture, out var nanoseconds))
        {
            return new Timestamp(Timestamp.FromDateTimeOffset(whole).UnixNanoseconds + nanoseconds);
        }

        throw new JsonException($"'{text}' is not a time like 2024-08-08T23:54:13.937085768Z");
    }

    public override void Write(Utf8JsonWriter writer, Timestamp value, JsonSerializerOptions options)
    {
        var whole = value.ToDateTimeOffset().ToString(Seconds, CultureInfo.InvariantCulture);
        var nanoseconds = value.UnixNanoseconds % Timestamp.NanosecondsPerSecond;
        writer.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{whole}.{nanoseconds:D9}Z"));
    }
}
