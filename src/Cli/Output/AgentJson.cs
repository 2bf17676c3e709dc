using System.Text.Encodings.Web;
using System.Text.Json;
using BtcAgent.Client.Api;

namespace BtcAgent.Cli.Output;

/// <summary>The JSON of an agent's API: read from its answers, and printed with <c>--json</c>.</summary>
internal static class AgentJson
{
    /// <summary>A member that the agent does not send is null or zero, as from an agent of an earlier version.</summary>
    public static JsonSerializerOptions Options { get; } = Create(indented: false);

    public static JsonSerializerOptions Indented { get; } = Create(indented: true);

    private static JsonSerializerOptions Create(bool indented)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            WriteIndented = indented,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        GatewayJson.Configure(options);
        options.RespectRequiredConstructorParameters = false;
        options.RespectNullableAnnotations = false;
        return options;
    }
}
