namespace BtcAgent.Grains.Activations;

/// <summary>A grain that does not start its work.</summary>
/// <param name="Words">How often it failed, why, and what happens next.</param>
/// <param name="MayPass">True where it is tried again by itself; else an operator has it tried again.</param>
public sealed record StandStill(string Words, bool MayPass);
