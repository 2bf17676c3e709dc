namespace BtcAgent.Economy;

/// <summary>A release as it is known now, for people and for the notice.</summary>
/// <param name="Id">Number at FRED.</param>
/// <param name="Name">Name.</param>
/// <param name="Last">When it was last due; unknown if the calendar does not say.</param>
/// <param name="Next">When it is due next; unknown if the calendar does not say.</param>
/// <param name="SurpriseOf">When the release of <paramref name="Surprise"/> was due; unknown without one.</param>
/// <param name="Surprise">In standard deviations; null if it is not known.</param>
/// <param name="Problem">Why it does not count, for people; null if it does.</param>
public sealed record KnownRelease(int Id, string Name, Timestamp Last, Timestamp Next, Timestamp SurpriseOf, double? Surprise, string? Problem);
