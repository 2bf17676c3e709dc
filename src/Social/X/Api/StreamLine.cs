using System.Text.Json;

namespace BtcAgent.Social.X.Api;

/// <summary>A line of the stream.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Post">The post, if it is one.</param>
/// <param name="Issue">The kind of an in-band error: <c>operational-disconnect</c>, <c>TooManyConnections</c> or <c>other</c>.</param>
internal readonly record struct StreamLine(StreamLineKind Kind, XPost? Post, string Issue)
{
    public const string OperationalDisconnect = "operational-disconnect";
    public const string TooManyConnections = "TooManyConnections";
    private const string Other = "other";

    /// <summary>Reads a line; one that is not understood is <see cref="StreamLineKind.Malformed"/>.</summary>
    /// <param name="line">UTF-8.</param>
    /// <param name="now">When it was received.</param>
    public static StreamLine Read(ReadOnlyMemory<byte> line, Timestamp now)
    {
        if (line.IsEmpty)
        {
            return new(StreamLineKind.KeepAlive, null, "");
        }

        try
        {
            using var json = JsonDocument.Parse(line);
            return XPostJson.ReadLine(json.RootElement, now) is { } post ? new(StreamLineKind.Post, post, "")
                : XPostJson.Get(json.RootElement, "data") is null && IssueOf(json.RootElement) is { } issue ? new(StreamLineKind.Error, null, issue)
                : new(StreamLineKind.Malformed, null, "");
        }
        catch (JsonException)
        {
            return new(StreamLineKind.Malformed, null, "");
        }
    }

    /// <summary>The kind of the first error in an answer, from a fixed list: nothing that X writes reaches a log. Null without one.</summary>
    public static string? IssueOf(JsonElement root)
    {
        var error = XPostJson.Get(root, "errors") is { ValueKind: JsonValueKind.Array } errors && errors.GetArrayLength() > 0 ? errors[0] : root;
        var words = new[] { "connection_issue", "disconnect_type", "title", "type" }
            .Select(name => XPostJson.Text(XPostJson.Get(error, name))).OfType<string>().ToList();
        return words.Count == 0 ? null
            : words.Any(word => word.Contains(TooManyConnections, StringComparison.OrdinalIgnoreCase)) ? TooManyConnections
            : words.Any(word => word.Contains(OperationalDisconnect, StringComparison.OrdinalIgnoreCase)
                || word.Contains("OperationalDisconnect", StringComparison.OrdinalIgnoreCase)) ? OperationalDisconnect
            : Other;
    }
}
