namespace BtcAgent.History.Log;

/// <summary>Offsets of a partition.</summary>
/// <param name="From">The first one.</param>
/// <param name="To">The one after the last.</param>
public readonly record struct OffsetRange(long From, long To);
