namespace BtcAgent.Research.Leakage;

/// <summary>A value that differs when the future is removed.</summary>
/// <param name="Time">Instant of the row.</param>
/// <param name="Feature">Name of the feature; <c>price</c>, or <c>row</c> where only one of the two has the row.</param>
/// <param name="Whole">Value in the complete dataset.</param>
/// <param name="FromPast">Value computed from what existed at <paramref name="Until"/>.</param>
/// <param name="Until">Instant of the cut.</param>
public sealed record LookAheadDifference(Timestamp Time, string Feature, double Whole, double FromPast, Timestamp Until);
