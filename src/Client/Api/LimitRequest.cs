namespace BtcAgent.Client.Api;

/// <summary>A new value of a limit, with the reason.</summary>
public sealed record LimitRequest(decimal Value, string? Reason = null);
