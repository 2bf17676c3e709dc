namespace BtcAgent.Strategies.Sources;

/// <summary>A strategy cannot be used; the message names file and line where there is one, and says what to do.</summary>
public sealed class StrategyException(string message) : Exception(message);
