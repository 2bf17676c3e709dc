using System.Collections.Immutable;

namespace BtcAgent.Models.LightGbm.Parity;

/// <summary>What comparing a converted model with its reference found.</summary>
public sealed record ParityReport
{
    public required int Rows { get; init; }

    /// <summary>Pairs of a row and a tree that end in different leaves. Any of them refuses the model.</summary>
    public required long BranchDifferences { get; init; }

    /// <summary>Greatest difference of a raw score; see <see cref="ParityOptions.MaxRelativeDifference"/>.</summary>
    public required double MaxRelativeDifference { get; init; }

    /// <summary>Greatest difference of a raw score, in its own unit.</summary>
    public required double MaxAbsoluteDifference { get; init; }

    /// <summary>Greatest difference of a prediction from what the reference's raw score makes, relative.</summary>
    public required double MaxPredictionDifference { get; init; }

    /// <summary>Share of the forest's leaves that some row ended in, 0–1. Some leaves no row can reach.</summary>
    public required double LeafCoverage { get; init; }

    /// <summary>Why the model is refused; empty when it passed.</summary>
    public required ImmutableArray<string> Reasons { get; init; }

    /// <summary>At most ten rows that differ.</summary>
    public required ImmutableArray<ParityExample> Examples { get; init; }

    public bool Passed => Reasons.IsEmpty;
}
