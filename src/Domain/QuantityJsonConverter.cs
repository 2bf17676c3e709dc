using System.Text.Json;
using System.Text.Json.Serialization;

namespace BtcAgent.Domain;

/// <summary>Writes a <see cref="Quantity"/> as a decimal string, so that no reader rounds it.</summary>
public sealed class QuantityJsonConverter : JsonConverter<Quantity>
{
    public override Quantity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Quantity.TryParse(reader.GetString().AsSpan(), out var value) ? value : throw new JsonException("not a quantity");

    public override void Write(Utf8JsonWriter writer, Quantity value, JsonSerializerOptions options)
    {
        Span<byte> buffer = stackalloc byte[FixedPoint.MaxLength];
        value.TryFormat(buffer, out var written);
        writer.WriteStringValue(buffer[..written]);
    }
}
