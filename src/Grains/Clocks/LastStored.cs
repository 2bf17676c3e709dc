namespace BtcAgent.Grains.Clocks;

/// <summary>When the state was written that this process started from; null when there was none, or nobody knows.</summary>
public sealed record LastStored(DateTimeOffset? At);
