namespace BtcAgent.Client.Api;

/// <summary>Which agent this gateway speaks for.</summary>
/// <param name="Version">Of the program.</param>
/// <param name="Venue">Where market data comes from.</param>
/// <param name="Mode">paper or live.</param>
/// <param name="StartedAt">Start of the process, UTC.</param>
public sealed record AgentIdentity(string Version, string Venue, string Mode, DateTimeOffset StartedAt);
