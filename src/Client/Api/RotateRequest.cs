using System.Text.Json.Serialization;

namespace BtcAgent.Client.Api;

/// <summary>A new secret for a key.</summary>
/// <param name="Reason">Reason, 3…200 characters; stored and shown.</param>
/// <param name="GraceMinutes">Minutes that the former secret is accepted, 0…10,080. Default 60.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RotateRequest(string? Reason = null, int GraceMinutes = 60);
