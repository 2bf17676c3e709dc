namespace BtcAgent.Economy.Vintages;

/// <summary>How far a newly published change was from the earlier ones.</summary>
/// <param name="Published">Day of the publication.</param>
/// <param name="Value">In standard deviations of the earlier changes, −100…100; null when they are too few, or all equal.</param>
public readonly record struct Surprise(DateOnly Published, double? Value);
