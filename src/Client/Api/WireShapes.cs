using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace BtcAgent.Client.Api;

/// <summary>Describes what the converters of <see cref="GatewayJson"/> write, which the OpenAPI document cannot look into.</summary>
internal static class WireShapes
{
    private const string Decimal = @"^-?\d{1,11}(\.\d{1,8})?$";

    public static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var underlying = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type);
        var type = underlying ?? context.JsonTypeInfo.Type;

        // A shared schema also describes members that are never null; those that may be have an alternative with null.
        var none = underlying is null || schema.Metadata?.ContainsKey("x-schema-id") == true ? default : JsonSchemaType.Null;
        if (type == typeof(Timestamp))
        {
            Set(schema, JsonSchemaType.String | JsonSchemaType.Null, "UTC with nine decimals, like 2024-08-08T23:54:13.937085768Z; null when unknown");
            schema.Format = "date-time";
        }
        else if (type == typeof(Price))
        {
            Set(schema, JsonSchemaType.String | none, "Decimal in the quote asset, at most eight decimals, like 61250.01", Decimal);
        }
        else if (type == typeof(Quantity))
        {
            Set(schema, JsonSchemaType.String | none, "Decimal in the base asset, at most eight decimals, like 0.16171", Decimal);
        }
        else if (type == typeof(InstrumentId))
        {
            Set(schema, JsonSchemaType.String | none, "VENUE:SYMBOL in capitals, like BINANCE:BTCUSDT", "^[A-Z0-9]+:[A-Z0-9]+$");
            schema.MaxLength = 64;
        }
        else if (type == typeof(ulong))
        {
            Set(schema, JsonSchemaType.String | none, "64-bit hash in hexadecimal digits", "^[0-9a-f]{16}$");
        }
        else if (type == typeof(double) || type == typeof(float))
        {
            // Null represents NaN and infinity.
            (schema.Type, schema.Pattern) = (JsonSchemaType.Number | JsonSchemaType.Null, null);
        }
        else if (type == typeof(DateTimeOffset) && schema.Type is null)
        {
            Set(schema, JsonSchemaType.String | none, "Time of ISO 8601; UTC where it has no zone");
            schema.Format = "date-time";
        }
        else
        {
            LeaveOutText(schema);
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// Corrects what only the whole document shows. A schema that allows null itself needs no alternative with null; with both, "one of"
    /// would refuse null, since both match.
    /// </summary>
    public static Task CorrectAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var schemas = document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>();
        foreach (var properties in schemas.Values.Select(schema => schema.Properties).OfType<IDictionary<string, IOpenApiSchema>>())
        {
            foreach (var (name, property) in properties.ToList())
            {
                if (property.OneOf is { Count: 2 } alternatives
                    && alternatives.OfType<OpenApiSchemaReference>().SingleOrDefault() is { Reference.Id: { } id } reference
                    && schemas.TryGetValue(id, out var target) && target.Type is { } types && types.HasFlag(JsonSchemaType.Null))
                {
                    properties[name] = reference;
                }
                else if (property is OpenApiSchema schema)
                {
                    // No schema transformer sees the members of a structure that is null somewhere.
                    LeaveOutText(schema);
                }
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>A number in quotes is read too, but never written.</summary>
    private static void LeaveOutText(OpenApiSchema schema)
    {
        if (schema.Type is { } types && (types & (JsonSchemaType.Integer | JsonSchemaType.Number)) != 0)
        {
            (schema.Type, schema.Pattern) = (types & ~JsonSchemaType.String, null);
        }
    }

    private static void Set(OpenApiSchema schema, JsonSchemaType type, string description, string? pattern = null) =>
        (schema.Type, schema.Description, schema.Pattern, schema.Format) = (type, description, pattern, null);
}
