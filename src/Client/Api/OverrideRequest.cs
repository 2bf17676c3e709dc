namespace BtcAgent.Client.Api;

/// <summary>A named person's decision against a model's verdict.</summary>
/// <param name="Person">Name of the person, 3…200 characters; stored and shown.</param>
/// <param name="Reason">The person's reason, 3…200 characters; stored and shown.</param>
public sealed record OverrideRequest(string? Person = null, string? Reason = null);
