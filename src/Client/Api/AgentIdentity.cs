namespace BtcAgent.Client.Api;

/// <summary>The agent behind this gateway.</summary>
/// <param name="Version">Version of the program.</param>
/// <param name="Venue">Source of market data.</param>
/// <param name="Mode"><c>paper</c>, <c>testnet</c> or <c>live</c>.</param>
/// <param name="StartedAt">Start of the process, UTC.</param>
public sealed record AgentIdentity(string Version, string Venue, string Mode, DateTimeOffset StartedAt);
