using System.Text.Json.Serialization;

namespace BtcAgent.Client.Api;

/// <summary>An operator's request to end a training.</summary>
/// <param name="Reason">Reason, 3…200 characters; stored and shown.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CancelTrainingRequest(string? Reason = null);
