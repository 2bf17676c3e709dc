namespace BtcAgent.Research.Leakage;

/// <summary>A value that is not the same when the future is not there.</summary>
/// <param name="Time">The row's instant.</param>
/// <param name="Feature">Its name; <c>price</c>, or <c>row</c> where one of the two has no such row.</param>
/// <param name="Whole">As in the whole dataset.</param>
/// <param name="FromPast">As computed from what was there at <paramref name="Until"/>.</param>
/// <param name="Until">Where the past was cut.</param>
public sealed record LookAheadDifference(Timestamp Time, string Feature, double Whole, double FromPast, Timestamp Until);
