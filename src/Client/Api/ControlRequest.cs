namespace BtcAgent.Client.Api;

/// <summary>An operator's command.</summary>
/// <param name="Reason">Reason, 3…200 characters; stored and shown.</param>
/// <param name="Portfolio">The one portfolio to halt, resume or flatten; null for all. Arming is always for all.</param>
public sealed record ControlRequest(string? Reason = null, string? Portfolio = null);
