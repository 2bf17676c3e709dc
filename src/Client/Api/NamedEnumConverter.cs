using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace BtcAgent.Client.Api;

/// <summary>
/// Reads an enumeration by one of its names alone. The framework's converter also takes numbers and lists: "viewer,trader" would be the sum of the
/// two, which is the number of another role.
/// </summary>
internal sealed class NamedEnumConverter : JsonConverterFactory
{
    private static readonly JsonSerializerOptions Names = new() { Converters = { new NamedEnumConverter() } };

    private readonly JsonStringEnumConverter _names = new(JsonNamingPolicy.CamelCase, allowIntegerValues: false);

    /// <summary>A set of flags is written as a list of names; the framework's converter reads it.</summary>
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum && !typeToConvert.IsDefined(typeof(FlagsAttribute), inherit: false);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Named<>).MakeGenericType(typeToConvert), _names.CreateConverter(typeToConvert, options))!;

    /// <summary>Describes an enumeration in the OpenAPI document, which cannot look into a converter.</summary>
    public static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var underlying = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type);
        if ((underlying ?? context.JsonTypeInfo.Type) is { IsEnum: true } type && !type.IsDefined(typeof(FlagsAttribute), inherit: false))
        {
            schema.Enum = [.. NamesOf(type).Select(name => JsonValue.Create(name))];
            if (underlying is not null)
            {
                schema.Enum.Add(JsonNullSentinel.JsonNull);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>The names of an enumeration, as they are read and written.</summary>
    public static IEnumerable<string> NamesOf(Type type) =>
        Enum.GetValues(type).Cast<object>().Select(value => JsonSerializer.Serialize(value, type, Names).Trim('"'));

    private sealed class Named<T>(JsonConverter<T> names) : JsonConverter<T>
        where T : struct, Enum
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.String || reader.GetString()!.Contains(',', StringComparison.Ordinal))
            {
                throw new JsonException();
            }

            return names.Read(ref reader, typeToConvert, options) is var value && Enum.IsDefined(value) ? value : throw new JsonException();
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => names.Write(writer, value, options);

        public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            names.ReadAsPropertyName(ref reader, typeToConvert, options);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            names.WriteAsPropertyName(writer, value, options);
    }
}
