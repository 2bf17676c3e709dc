namespace BtcAgent.Domain.Retraining;

/// <summary>The data that a job trains on.</summary>
/// <param name="Kind">Origin of the data.</param>
/// <param name="From">First event time, inclusive; unknown for the oldest.</param>
/// <param name="To">Last event time, exclusive; unknown for the newest.</param>
[GenerateSerializer, Immutable, Alias("TrainingWindow")]
public sealed record TrainingWindow(
    [property: Id(0)] TrainingDataKind Kind, [property: Id(1)] Timestamp From, [property: Id(2)] Timestamp To);
