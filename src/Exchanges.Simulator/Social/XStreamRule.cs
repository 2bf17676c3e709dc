namespace BtcAgent.Exchanges.Simulator.Social;

/// <summary>A rule of the simulated stream.</summary>
public sealed record XStreamRule(string Id, string Tag, string Value);
