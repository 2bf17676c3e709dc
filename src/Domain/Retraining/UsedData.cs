namespace BtcAgent.Domain.Retraining;

/// <summary>The samples that a job found in its window.</summary>
/// <param name="Rows">Samples that were used.</param>
/// <param name="From">Event time of the first one.</param>
/// <param name="To">Event time of the last one.</param>
/// <param name="WarmUp">Samples left out because feature windows were filling, or the book was not in sync.</param>
/// <param name="OtherSchema">Samples left out because another version of the features made them.</param>
/// <param name="Gaps">Pauses longer than two sampling intervals; no label spans one.</param>
/// <param name="GapSeconds">Their total length, in seconds.</param>
/// <param name="Hash">SHA-256 of the samples with their labels.</param>
[GenerateSerializer, Immutable, Alias("UsedData")]
public sealed record UsedData(
    [property: Id(0)] int Rows,
    [property: Id(1)] Timestamp From,
    [property: Id(2)] Timestamp To,
    [property: Id(3)] long WarmUp,
    [property: Id(4)] long OtherSchema,
    [property: Id(5)] int Gaps,
    [property: Id(6)] double GapSeconds,
    [property: Id(7)] string Hash);
