using System.Collections.Immutable;

namespace BtcAgent.Domain.Signals;

/// <summary>A validated (or refused) opinion of one strategy on one sample.</summary>
[GenerateSerializer, Immutable, Alias("Signal")]
public sealed record Signal
{
    [Id(0)] public required InstrumentId Instrument { get; init; }

    [Id(1)] public required string Strategy { get; init; }

    [Id(2)] public required Timestamp EventTime { get; init; }

    [Id(3)] public required string ModelId { get; init; }

    [Id(4)] public required string ModelHash { get; init; }

    [Id(5)] public required SignalDirection Direction { get; init; }

    [Id(6)] public required double Score { get; init; }

    /// <summary>0…1.</summary>
    [Id(7)] public required double Confidence { get; init; }

    [Id(8)] public required double ExpectedMoveBps { get; init; }

    /// <summary>Empty when the signal is valid.</summary>
    [Id(9)] public required ImmutableArray<SignalRefusal> Refusals { get; init; }

    /// <summary>
    /// Event time of the first sample that the model scored since it was opened: what it remembers is from the samples
    /// since. Unknown when not noted.
    /// </summary>
    [Id(10)] public Timestamp ModelSince { get; init; }

    /// <summary>Samples that the model has scored since, with this one: 1, 2, …; 0 when not noted.</summary>
    [Id(11)] public long ModelSamples { get; init; }

    /// <summary>What made the refusals of sample and score, as it stood before; null when not noted.</summary>
    [Id(12)] public SignalGate? Gate { get; init; }

    /// <summary>Newest data that the model was trained on; unknown of a rule, and when not noted.</summary>
    [Id(13)] public Timestamp ModelTrainedTo { get; init; }

    /// <summary>Features outside the ranges of training; null of a rule, and when not noted.</summary>
    [Id(14)] public int? FeaturesOutOfRange { get; init; }

    public bool IsValid => Refusals.IsEmpty;
}
