namespace BtcAgent.Client.Api;

/// <summary>A new value of a limit, and why.</summary>
public sealed record LimitRequest(decimal Value, string? Reason);
