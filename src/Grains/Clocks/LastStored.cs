namespace BtcAgent.Grains.Clocks;

/// <summary>
/// When the state that this process started from was written; null when there was none, or the time is unknown.
/// </summary>
public sealed record LastStored(DateTimeOffset? At);
