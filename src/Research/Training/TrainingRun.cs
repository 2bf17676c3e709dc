using System.Collections.Immutable;
using System.Text.Json.Serialization;
using BtcAgent.Domain.Models;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Research.Backtests;
using BtcAgent.Research.Calibration;
using BtcAgent.Research.Leakage;

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

    /// <summary>Number of policies tried.</summary>
    public required int Trials { get; init; }

    /// <summary>Effective number of independent trials; 0 in runs stored without it, where every trial counts.</summary>
    public int IndependentTrials { get; init; }

    /// <summary>Checks of the dataset for leaks; null in runs stored without them.</summary>
    public LeakageReport? Checks { get; init; }

    /// <summary>The part of each group of features; null when it was not asked for.</summary>
    public AblationReport? Ablation { get; init; }

    /// <summary>The verdict on the out-of-sample run; null in runs stored without one.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>The price at which orders of the out-of-sample run are filled.</summary>
    [JsonIgnore]
    public string Fill => OutOfSample.Settings.GetValueOrDefault(BacktestResult.FillSetting, "");
}
