using System.Collections.Immutable;

namespace BtcAgent.Domain.Drift;

/// <summary>A model's training by its artefact, with which its serving is compared. Null is not known.</summary>
public sealed record ModelBaseline
{
    /// <summary>The baseline of a model whose artefact has none of it.</summary>
    public static ModelBaseline Unknown { get; } = new() { Distributions = null, Columns = [], Brier = null, Horizon = null, Profit = null };

    /// <summary>Distributions of the features that the model uses, and of its scores.</summary>
    public required DriftReference? Distributions { get; init; }

    /// <summary>Index in a sample's values of each feature of <see cref="Distributions"/>.</summary>
    public required ImmutableArray<int> Columns { get; init; }

    /// <summary>Mean squared error of the calibrated probabilities out of sample, 0…1.</summary>
    public required double? Brier { get; init; }

    /// <summary>Time after which the sign of the price's move is the label; null for a label that is decided otherwise.</summary>
    public required TimeSpan? Horizon { get; init; }

    /// <summary>Net profit of a day out of sample.</summary>
    public required DailyProfit? Profit { get; init; }
}
