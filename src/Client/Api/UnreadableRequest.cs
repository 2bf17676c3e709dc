using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace BtcAgent.Client.Api;

/// <summary>
/// Explains why a command's body or a query cannot be read: the JSON field, the value and what is expected. The framework's
/// messages would name parameters of the code.
/// </summary>
/// <param name="json">Options for reading bodies.</param>
internal sealed class UnreadableRequest(JsonSerializerOptions json)
{
    /// <summary>Maximum size of bodies that are buffered, so that the answer can quote them; a command has about 200
    /// bytes.</summary>
    private const int KeptBytesMax = 8_192;

    private const int QuotedMax = 60;

    /// <summary>Buffers small JSON bodies, so that they can be read a second time.</summary>
    public static Task KeepBodyAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.ContentLength is null or <= KeptBytesMax && context.Request.HasJsonContentType())
        {
            context.Request.EnableBuffering(bufferThreshold: KeptBytesMax);
        }

        return next(context);
    }

    /// <summary>Adds the reason to the answer for a body that is refused before it is read as JSON.</summary>
    public static void SayBody(ProblemDetailsContext answer)
    {
        var context = answer.HttpContext;
        answer.ProblemDetails.Detail ??= context.Response.StatusCode switch
        {
            StatusCodes.Status415UnsupportedMediaType =>
                $"Content-Type is '{Quoted(context.Request.ContentType ?? "")}': send JSON, with Content-Type: application/json",
            StatusCodes.Status413PayloadTooLarge
                when context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize is { } most => $"the body is larger than {most} bytes: send less",
            _ => null,
        };
    }

    /// <summary>Returns one sentence; null when the reason is not in the request, such as a broken connection.</summary>
    public async Task<string?> ExplainAsync(HttpContext context, BadHttpRequestException exception)
    {
        // The exception handler has removed the endpoint from the request.
        var failed = context.Features.Get<IExceptionHandlerFeature>();
        var endpoint = failed?.Endpoint;
        if (exception.StatusCode != StatusCodes.Status400BadRequest || endpoint is null)
        {
            return null;
        }

        if (Parameters(endpoint, failed!.RouteValues, context.Request.Query).FirstOrDefault() is { } parameter)
        {
            return parameter;
        }

        if (endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is not { } type || type == typeof(void))
        {
            return null;
        }

        var shape = json.GetTypeInfo(type);
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != true)
        {
            return $"the body is empty: send JSON, {Wanted(shape)}";
        }

        return await OfBodyAsync(context.Request, shape, exception.InnerException as JsonException);
    }

    private async Task<string> OfBodyAsync(HttpRequest request, JsonTypeInfo shape, JsonException? problem)
    {
        var field = problem?.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : null;
        var bytes = await ReadAgainAsync(request);
        if (bytes is not null && !Utf8.IsValid(bytes))
        {
            return $"the body is not UTF-8: send JSON, {Wanted(shape)}";
        }

        using var body = Parse(bytes);
        if (body is null && bytes is not null)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"the body is not JSON (line {(problem?.LineNumber ?? 0) + 1}, byte {(problem?.BytePositionInLine ?? 0) + 1}): send {Wanted(shape)}");
        }

        if (field is not null && field.AsSpan().IndexOfAny('.', '[') >= 0)
        {
            return $"{Quoted(field)} cannot be read: expected {Wanted(shape, field)}";
        }

        if (field is not null && Field(shape, field) is { } property)
        {
            var text = body?.RootElement is { ValueKind: JsonValueKind.Object } root ? Member(root, property.Name)?.GetRawText() : null;
            var came = text is null ? "cannot be read" : $"is {Quoted(text)}";
            return $"{property.Name} {came}: expected {Wanted(property.PropertyType)}{Bound(property.PropertyType, text)}";
        }

        if (body is null)
        {
            return $"the body cannot be read: send {Wanted(shape)}";
        }

        if (body.RootElement.ValueKind != JsonValueKind.Object)
        {
            return $"the body is {Quoted(body.RootElement.GetRawText())}: send {Wanted(shape)}";
        }

        var missing = shape.Properties.Where(p => p.IsRequired && Member(body.RootElement, p.Name) is null).ToList();
        return missing.Count == 0
            ? $"{Unknown(body.RootElement, shape) ?? "the body cannot be read"}: send {Wanted(shape)}"
            : string.Join("; ", missing.Select(p => $"{p.Name} is missing: expected {Wanted(p.PropertyType)}"));
    }

    /// <summary>Returns null when the body was not buffered.</summary>
    private static async Task<byte[]?> ReadAgainAsync(HttpRequest request)
    {
        if (!request.Body.CanSeek)
        {
            return null;
        }

        request.Body.Position = 0;
        using var copy = new MemoryStream();
        await request.Body.CopyToAsync(copy, request.HttpContext.RequestAborted);
        return copy.ToArray();
    }

    private static JsonDocument? Parse(byte[]? bytes)
    {
        try
        {
            return bytes is null ? null : JsonDocument.Parse(bytes);
        }
        catch (JsonException)
        {
            return null; // The caller reports it, with the position of the first error.
        }
    }

    /// <summary>Names the first field that the command does not take; null when each is known.</summary>
    private static string? Unknown(JsonElement body, JsonTypeInfo shape)
    {
        foreach (var member in body.EnumerateObject())
        {
            if (Field(shape, member.Name) is null)
            {
                return $"'{Quoted(member.Name)}' is not a field of this command";
            }
        }

        return null;
    }

    private static IEnumerable<string> Parameters(Endpoint endpoint, RouteValueDictionary? route, IQueryCollection query)
    {
        foreach (var parameter in endpoint.Metadata.GetOrderedMetadata<IParameterBindingMetadata>().Where(p => p.HasTryParse))
        {
            var type = Nullable.GetUnderlyingType(parameter.ParameterInfo.ParameterType) ?? parameter.ParameterInfo.ParameterType;
            var text = route?.GetValueOrDefault(parameter.Name)?.ToString() ?? (string?)query[parameter.Name];
            if (text is null ? !parameter.IsOptional : !TypeDescriptor.GetConverter(type).IsValid(text))
            {
                yield return $"{parameter.Name} is {(text is null ? "missing" : $"'{Quoted(text)}'")}: expected {Wanted(type)}{Bound(type, text)}";
            }
        }
    }

    /// <summary>A whole number that is too large for its type is a whole number, too.</summary>
    private static string Bound(Type type, string? text) => (Nullable.GetUnderlyingType(type) ?? type) == typeof(int) && Int128.TryParse(text, CultureInfo.InvariantCulture, out _)
        ? string.Create(CultureInfo.InvariantCulture, $" from {int.MinValue} to {int.MaxValue}")
        : "";

    private static JsonPropertyInfo? Field(JsonTypeInfo shape, string name) =>
        shape.Properties.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static JsonElement? Member(JsonElement body, string name)
    {
        foreach (var member in body.EnumerateObject())
        {
            if (member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return member.Value;
            }
        }

        return null;
    }

    /// <summary>The shape of a member within members and lists; of the last known one above a member that is not known.</summary>
    private string Wanted(JsonTypeInfo shape, string path)
    {
        foreach (var part in path.Split('.'))
        {
            if (Field(shape, part.Split('[')[0]) is not { } member)
            {
                break;
            }

            shape = json.GetTypeInfo(part.Contains('[', StringComparison.Ordinal) && json.GetTypeInfo(member.PropertyType).ElementType is { } element ? element : member.PropertyType);
        }

        return shape.Kind == JsonTypeInfoKind.Object ? Wanted(shape) : Wanted(shape.Type);
    }

    private static string Wanted(JsonTypeInfo shape) => $"an object with {string.Join(", ", shape.Properties.Select(p => p.Name))}";

    private static string Wanted(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        { IsEnum: true } choice => $"one of {string.Join(", ", NamedEnumConverter.NamesOf(choice))}",
        var price when price == typeof(Price) => "a price as text, such as \"61837.63\"",
        var quantity when quantity == typeof(Quantity) => "a quantity as text, such as \"0.01\"",
        var text when text == typeof(string) => "a text",
        var flag when flag == typeof(bool) => "true or false",
        var whole when whole == typeof(int) || whole == typeof(long) => "a whole number",
        var time when time == typeof(DateTimeOffset) => "a time in ISO 8601, such as 2026-11-29 or 2026-11-29T12:00:00Z ('+' is %2B in a query)",
        var list when typeof(System.Collections.IEnumerable).IsAssignableFrom(list) => "a list",
        _ => "a number",
    };

    /// <summary>Shortens a text and replaces control characters.</summary>
    private static string Quoted(string text) =>
        string.Concat(text.Take(QuotedMax).Select(c => char.IsControl(c) ? ' ' : c)) + (text.Length > QuotedMax ? "…" : "");
}
