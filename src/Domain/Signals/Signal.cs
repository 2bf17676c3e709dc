using System.Collections.Immutable;

namespace BtcAgent.Domain.Signals;

/// <summary>A validated or refused decision of one strategy on one sample.</summary>
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
    /// Event time of the first sample that the model scored since it was opened; its state depends only on samples since
    /// then. Unknown when not recorded.
    /// </summary>
    [Id(10)] public Timestamp ModelSince { get; init; }

    /// <summary>Number of samples that the model has scored since then, including this one; 0 when not recorded.</summary>
    [Id(11)] public long ModelSamples { get; init; }

    /// <summary>The gate that checked sample and score, in its state before them; null when not recorded.</summary>
    [Id(12)] public SignalGate? Gate { get; init; }

    /// <summary>Time of the model's newest training data; unknown for a rule and when not recorded.</summary>
    [Id(13)] public Timestamp ModelTrainedTo { get; init; }

    /// <summary>Number of features outside the training ranges; null for a rule and when not recorded.</summary>
    [Id(14)] public int? FeaturesOutOfRange { get; init; }

    /// <summary>Why the model wants this direction, for people; null for a model that states none and when not recorded.</summary>
    [Id(15)] public string? Reason { get; init; }

    public bool IsValid => Refusals.IsEmpty;
}
