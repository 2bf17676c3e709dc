using System.Collections.Immutable;

namespace BtcAgent.Models.LightGbm.Conversion;

/// <summary>Result of comparing a converted model with its reference.</summary>
public sealed record ConversionReport
{
    public required int Rows { get; init; }

    /// <summary>Number of row and tree pairs that reach different leaves; the model is refused unless it is 0.</summary>
    public required long BranchDifferences { get; init; }

    /// <summary>
    /// Largest relative difference of a raw score; see <see cref="ConversionCheckOptions.MaxRelativeDifference"/>.
    /// </summary>
    public required double MaxRelativeDifference { get; init; }

    /// <summary>Largest absolute difference of a raw score.</summary>
    public required double MaxAbsoluteDifference { get; init; }

    /// <summary>
    /// Largest relative difference between a prediction and the one computed from the reference's raw score.
    /// </summary>
    public required double MaxPredictionDifference { get; init; }

    /// <summary>Fraction of the forest's leaves that a row has reached, 0…1. Some leaves cannot be reached.</summary>
    public required double LeafCoverage { get; init; }

    /// <summary>Why the model is refused; empty when it passed.</summary>
    public required ImmutableArray<string> Reasons { get; init; }

    /// <summary>Up to ten rows that differ.</summary>
    public required ImmutableArray<DifferingRow> Examples { get; init; }

    public bool Passed => Reasons.IsEmpty;
}
