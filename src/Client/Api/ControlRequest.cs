namespace BtcAgent.Client.Api;

/// <summary>An operator's command.</summary>
/// <param name="Reason">Reason, 3…200 characters; stored and shown.</param>
public sealed record ControlRequest(string? Reason = null);
