using System.Text.Json;
using System.Text.Json.Serialization;

namespace BtcAgent.Client.Api;

/// <summary>Like <see cref="TimestampJsonConverter"/>, with null for an unknown time, which stored bytes have as the epoch.</summary>
internal sealed class KnownTimeConverter : JsonConverter<Timestamp>
{
    private static readonly TimestampJsonConverter Known = new();

    public override Timestamp Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? Timestamp.Unknown : Known.Read(ref reader, typeToConvert, options);

    public override void Write(Utf8JsonWriter writer, Timestamp value, JsonSerializerOptions options)
    {
        if (value.IsKnown)
        {
            Known.Write(writer, value, options);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
