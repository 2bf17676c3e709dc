using System.Collections.Immutable;
using System.Text.Json.Serialization;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Research.Backtests;
using BtcAgent.Research.Calibration;

namespace BtcAgent.Research.Training;

/// <summary>Result of a training run.</summary>
public sealed record TrainingRun
{
    /// <summary>Bins of both reliability figures, of equal width over 0…1.</summary>
    public const int ReliabilityBins = 50;

    /// <summary>The artefact; null when only the walk-forward was requested.</summary>
    [JsonIgnore]
    public ModelArtefact? Artefact { get; init; }

    public required ImmutableArray<FoldResult> Folds { get; init; }

    /// <summary>The test windows of all folds as one run, after costs.</summary>
    public required BacktestResult OutOfSample { get; init; }

    /// <summary>Reliability of the out-of-sample probabilities before calibration (the plain sigmoid).</summary>
    public required ReliabilityFigures Uncalibrated { get; init; }

    /// <summary>Reliability of the calibrated out-of-sample probabilities.</summary>
    public required ReliabilityFigures Calibrated { get; init; }

    /// <summary>Total gain by feature, largest first; of the last fold when there is no artefact.</summary>
    public required ImmutableArray<FeatureGain> Importance { get; init; }

    /// <summary>Probability that the policy which is best in sample is below the median out of sample, 0…1.</summary>
    public required double OverfittingProbability { get; init; }

    /// <summary>Number of policies tried, the trials of the deflated Sharpe ratio.</summary>
    public required int Trials { get; init; }

    /// <summary>Variance of the trials' Sharpe ratios per day.</summary>
    public required double TrialSharpeVariance { get; init; }

    /// <summary>Results of the leakage checks, one line each.</summary>
    public required ImmutableArray<string> Leakage { get; init; }
}
