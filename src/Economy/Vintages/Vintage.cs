namespace BtcAgent.Economy.Vintages;

/// <summary>A value of a series, and the days on which it was the published one.</summary>
/// <param name="Date">First day of the month or quarter that the value describes.</param>
/// <param name="From">Day of its publication.</param>
/// <param name="Until">Last day before another value of the same date was published; 9999-12-31 for the current one.</param>
/// <param name="Value">In the unit of the series; null where it is missing.</param>
public readonly record struct Vintage(DateOnly Date, DateOnly From, DateOnly Until, double? Value);
