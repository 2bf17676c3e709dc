namespace BtcAgent.Contracts.Economy;

/// <summary>An economic release as it is known now.</summary>
/// <param name="Id">Number at the source.</param>
/// <param name="Name">Name.</param>
/// <param name="Last">When it was last due; null if the calendar does not say.</param>
/// <param name="Next">When it is due next; null if the calendar does not say.</param>
/// <param name="SurpriseOf">When the release of the surprise was due; null without one.</param>
/// <param name="Surprise">How unusual its change was, in standard deviations of the earlier ones, −100…100; null if it is not known.</param>
/// <param name="Problem">Why it does not count; null if it does.</param>
[GenerateSerializer, Immutable, Alias("ReleaseStatus")]
public sealed record ReleaseStatus(
    [property: Id(0)] int Id,
    [property: Id(1)] string Name,
    [property: Id(2)] Timestamp Last,
    [property: Id(3)] Timestamp Next,
    [property: Id(4)] Timestamp SurpriseOf,
    [property: Id(5)] double? Surprise,
    [property: Id(6)] string? Problem);
