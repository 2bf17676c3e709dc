namespace BtcAgent.Domain.Signals;

/// <summary>Statistics of one model on one strategy's samples since it was opened.</summary>
[GenerateSerializer, Immutable, Alias("ModelRun")]
public sealed record ModelRun
{
    [Id(0)] public required string ModelId { get; init; }

    [Id(1)] public required string ModelHash { get; init; }

    /// <summary>Number of samples scored, including refused ones.</summary>
    [Id(2)] public required long Scored { get; init; }

    /// <summary>Number of signals that failed validation.</summary>
    [Id(3)] public required long Refused { get; init; }

    /// <summary>Number of samples on which the model threw.</summary>
    [Id(4)] public required long Failed { get; init; }

    /// <summary>
    /// Number of samples on which both this model's and the champion's signal were valid; 0 for the champion.
    /// </summary>
    [Id(5)] public required long Compared { get; init; }

    /// <summary>Number of those with the champion's direction.</summary>
    [Id(6)] public required long Agreed { get; init; }

    /// <summary>Number of valid long and short signals whose mid after <see cref="ModelTally.Horizon"/> is known.</summary>
    [Id(7)] public required long Judged { get; init; }

    /// <summary>Number of those whose mid moved in their direction; an unchanged mid does not count.</summary>
    [Id(8)] public required long Hits { get; init; }

    /// <summary>Null before the first sample.</summary>
    [Id(9)] public required Signal? LastSignal { get; init; }

    /// <summary>Message of the last failure; null when there was none.</summary>
    [Id(10)] public required string? LastFailure { get; init; }
}
