using BtcAgent.Research.Leakage;
using BtcAgent.Research.Metrics;

namespace BtcAgent.Research.Verdicts;

/// <summary>The evidence on a model: its run over data that it was not made from, and the checks of that data.</summary>
public sealed record VerdictEvidence
{
    /// <summary>Checks of the dataset; null when they were not made.</summary>
    public required LeakageReport? Leakage { get; init; }

    /// <summary>Figures of the out-of-sample run after costs.</summary>
    public required PerformanceMetrics Metrics { get; init; }

    /// <summary>Positions opened and closed out of sample.</summary>
    public required int RoundTrips { get; init; }

    public required int Folds { get; init; }

    /// <summary>Folds whose net return is above 0.</summary>
    public required int FoldsWithGain { get; init; }

    /// <summary>Independent trials that the model was chosen from, 1 or more.</summary>
    public required int IndependentTrials { get; init; }

    /// <summary>Probability of overfitting, 0…1; NaN where no choice was made.</summary>
    public required double OverfittingProbability { get; init; }
}
