namespace BtcAgent.Domain.Drift;

/// <summary>A serving model against its training, and how it serves.</summary>
[GenerateSerializer, Immutable, Alias("ModelWatchReading")]
public sealed record ModelWatchReading
{
    [Id(0)] public required string ModelId { get; init; }

    /// <summary>Time of its newest training data.</summary>
    [Id(1)] public required Timestamp TrainedTo { get; init; }

    /// <summary>Event time of the last sample; unknown before the first.</summary>
    [Id(2)] public required Timestamp At { get; init; }

    /// <summary>Features and scores.</summary>
    [Id(3)] public required DriftReport Drift { get; init; }

    /// <summary>Probabilities against outcomes; the figure is the mean squared error of the complete days.</summary>
    [Id(4)] public required DecayReading Calibration { get; init; }

    /// <summary>Daily profit of the model's directions; the figure is the sum of the shortfalls in standard deviations.</summary>
    [Id(5)] public required DecayReading Profit { get; init; }

    /// <summary>The current day; null before the first sample.</summary>
    [Id(6)] public required ServingDay? Today { get; init; }

    /// <summary>Scores that were computed again, since the model serves here.</summary>
    [Id(7)] public required long Recomputed { get; init; }

    /// <summary>Those that differed.</summary>
    [Id(8)] public required long ParityBreaks { get; init; }

    /// <summary>The last difference; null for none.</summary>
    [Id(9)] public required string? LastBreak { get; init; }
}
