using System.Text.Json;
using System.Text.Json.Serialization;

namespace BtcAgent.Domain;

/// <summary>Writes an <see cref="InstrumentId"/> as its key.</summary>
public sealed class InstrumentIdJsonConverter : JsonConverter<InstrumentId>
{
    public override InstrumentId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        InstrumentId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("not an instrument VENUE:SYMBOL");

    public override void Write(Utf8JsonWriter writer, InstrumentId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Key);

    public override InstrumentId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(ref reader, typeToConvert, options);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, InstrumentId value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Key);
}
