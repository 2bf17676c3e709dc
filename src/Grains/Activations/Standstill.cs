namespace BtcAgent.Grains.Activations;

/// <summary>A grain that does not start its work.</summary>
/// <param name="Words">Number of failures, the reason, and what happens next.</param>
/// <param name="MayPass">True when it is retried automatically; else an operator must have it retried.</param>
public sealed record Standstill(string Words, bool MayPass);
