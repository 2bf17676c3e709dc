using System.Text.Json.Serialization;

namespace BtcAgent.Client.Api;

/// <summary>An operator's command. A field that is not known is refused: a mistyped "portfolio" would be a command for all.</summary>
/// <param name="Reason">Reason, 3…200 characters; stored and shown.</param>
/// <param name="Portfolio">The one portfolio to halt, resume or flatten; null for all. Arming is always for all.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ControlRequest(string? Reason = null, string? Portfolio = null);
