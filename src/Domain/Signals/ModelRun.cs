namespace BtcAgent.Domain.Signals;

/// <summary>What one model has done on one strategy's samples since it was opened.</summary>
[GenerateSerializer, Immutable, Alias("ModelRun")]
public sealed record ModelRun
{
    [Id(0)] public required string ModelId { get; init; }

    [Id(1)] public required string ModelHash { get; init; }

    /// <summary>Samples scored, refused ones included.</summary>
    [Id(2)] public required long Scored { get; init; }

    /// <summary>Signals that did not pass validation.</summary>
    [Id(3)] public required long Refused { get; init; }

    /// <summary>Samples on which the model threw.</summary>
    [Id(4)] public required long Failed { get; init; }

    /// <summary>Samples on which both this model's and the champion's signal were valid; 0 for the champion.</summary>
    [Id(5)] public required long Compared { get; init; }

    /// <summary>Of <see cref="Compared"/>, those with the champion's direction.</summary>
    [Id(6)] public required long Agreed { get; init; }

    /// <summary>Valid long and short signals whose mid <see cref="ModelTally.Horizon"/> later is known.</summary>
    [Id(7)] public required long Judged { get; init; }

    /// <summary>Of <see cref="Judged"/>, those whose mid had moved in their direction; one that did not move is no hit.</summary>
    [Id(8)] public required long Hits { get; init; }

    /// <summary>Null before the first sample.</summary>
    [Id(9)] public required Signal? LastSignal { get; init; }

    /// <summary>Message of the last failure; null when there was none.</summary>
    [Id(10)] public required string? LastFailure { get; init; }
}
