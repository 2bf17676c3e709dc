using System.Text.Json;
using System.Text.Json.Serialization;

namespace BtcAgent.Domain;

/// <summary>Writes a <see cref="Price"/> as a decimal string, so that no reader rounds it.</summary>
public sealed class PriceJsonConverter : JsonConverter<Price>
{
    public override Price Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Price.TryParse(reader.GetString().AsSpan(), out var value) ? value : throw new JsonException("not a price");

    public override void Write(Utf8JsonWriter writer, Price value, JsonSerializerOptions options)
    {
        Span<byte> buffer = stackalloc byte[FixedPoint.MaxLength];
        value.TryFormat(buffer, out var written);
        writer.WriteStringValue(buffer[..written]);
    }
}
