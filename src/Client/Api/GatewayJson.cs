using System.Text.Json;
using System.Text.Json.Serialization;

namespace BtcAgent.Client.Api;

/// <summary>The JSON of the REST API, for the gateway and for programs that read its answers.</summary>
public static class GatewayJson
{
    /// <summary>Maximum depth of JSON, read or written; a command has two levels, the deepest answer about ten.</summary>
    private const int DepthMax = 32;

    /// <summary>Sets names, enumerations, numbers and hashes; a body with a missing field is refused.</summary>
    public static void Configure(JsonSerializerOptions json)
    {
        json.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        json.MaxDepth = DepthMax;
        json.RespectRequiredConstructorParameters = true;
        json.RespectNullableAnnotations = true;
        json.Converters.Add(new NamedEnumConverter());
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        json.Converters.Add(new FiniteDoubleConverter());
        json.Converters.Add(new FiniteSingleConverter());
        json.Converters.Add(new HashConverter());
        json.Converters.Add(new KnownTimeConverter());
    }
}
