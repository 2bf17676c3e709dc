namespace BtcAgent.Contracts.Facts;

/// <summary>The log of facts in the data folder.</summary>
/// <param name="SizeMb">MiB in use.</param>
/// <param name="TrimmedMb">MiB deleted since the start because of age or size.</param>
/// <param name="Dropped">Facts lost since the start, because they could not be written in time.</param>
/// <param name="LagSeconds">Age of the oldest fact that is not written.</param>
/// <param name="Limits">The limits on age and size.</param>
/// <param name="Problem">Why facts are not written at present; null when they are.</param>
public sealed record FactLogStatus(double SizeMb, double TrimmedMb, long Dropped, double LagSeconds, string Limits, string? Problem);
