namespace BtcAgent.History.Sinks;

/// <summary>A part of a sink's target that accepts nothing until an operator changes something, while the rest is stored.</summary>
/// <param name="Problem">Which part, why, and what to do, in one line.</param>
/// <param name="Since">When it was noticed.</param>
public sealed record SinkStall(string Problem, DateTimeOffset Since);
