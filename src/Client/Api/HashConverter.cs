using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BtcAgent.Client.Api;

/// <summary>Writes a 64-bit hash as 16 hexadecimal digits, because a browser would round the number.</summary>
internal sealed class HashConverter : JsonConverter<ulong>
{
    public override ulong Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ulong.Parse(reader.GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    public override void Write(Utf8JsonWriter writer, ulong value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString("x16", CultureInfo.InvariantCulture));
}
