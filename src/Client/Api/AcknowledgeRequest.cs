using System.Text.Json.Serialization;

namespace BtcAgent.Client.Api;

/// <summary>An operator's acknowledgement of an alert: it is neither repeated nor escalated.</summary>
/// <param name="Reason">Note, 3…200 characters; stored and shown.</param>
/// <param name="Minutes">Duration, 1…10,080; null until the alert is resolved.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AcknowledgeRequest(string? Reason = null, int? Minutes = null);
