using System.Text.Json;
using System.Text.Json.Serialization;

namespace BtcAgent.Client.Api;

/// <summary>Reads a time of ISO 8601. One without a zone is in UTC; it would be in that of the server.</summary>
internal sealed class UtcTimeConverter : JsonConverter<DateTimeOffset?>
{
    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String when reader.TryGetDateTimeOffset(out var time) => HasZone(reader.GetString()!)
            ? time
            : new DateTimeOffset(DateTime.SpecifyKind(time.DateTime, DateTimeKind.Unspecified), TimeSpan.Zero),
        _ => throw new JsonException("not a time of ISO 8601"),
    };

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options)
    {
        if (value is { } time)
        {
            writer.WriteStringValue(time);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private static bool HasZone(string text) => text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal) && text.Contains('T', StringComparison.Ordinal);
}
