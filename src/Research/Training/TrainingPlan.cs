using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using BtcAgent.Domain.Models;

namespace BtcAgent.Research.Training;

/// <summary>
/// Parameters of training and evaluation. The same plan, data and code give the same artefact, byte for byte.
/// </summary>
public sealed record TrainingPlan
{
    /// <summary>Prefix of the model's id: letters, digits and dashes.</summary>
    [RegularExpression("^[a-z0-9-]{1,32}$")]
    public string Name { get; init; } = "forest";

    /// <summary>Number of walk-forward folds. Default 5.</summary>
    [Range(2, 50)]
    public int Folds { get; init; } = 5;

    /// <summary>Maximum number of trees. Default 200.</summary>
    [Range(1, 10_000)]
    public int Rounds { get; init; } = 200;

    /// <summary>Rounds without improvement of the validation score after which a fold stops. Default 25.</summary>
    [Range(1, 10_000)]
    public int EarlyStoppingRounds { get; init; } = 25;

    [Range(0.0001, 1.0)]
    public double LearningRate { get; init; } = 0.05;

    [Range(2, 4_096)]
    public int Leaves { get; init; } = 31;

    [Range(1, 10_000_000)]
    public int MinRowsInLeaf { get; init; } = 200;

    /// <summary>Fraction of the features tried in each tree. Default 0.8.</summary>
    [Range(0.05, 1.0)]
    public double FeatureFraction { get; init; } = 0.8;

    /// <summary>Fraction of the rows used in each tree, drawn again for every tree. Default 0.8.</summary>
    [Range(0.05, 1.0)]
    public double BaggingFraction { get; init; } = 0.8;

    /// <summary>
    /// Last part of each training window, which only stops, calibrates and chooses thresholds, as a fraction. Default 0.15.
    /// </summary>
    [Range(0.05, 0.5)]
    public double ValidationShare { get; init; } = 0.15;

    /// <summary>Trains on every n-th row: neighbouring rows share nearly all of their label. Scores and trades on every row. Default 1.</summary>
    [Range(1, 10_000)]
    public int SampleEvery { get; init; } = 1;

    /// <summary>Features that no tree may use, by name. Default none.</summary>
    public ImmutableArray<string> WithoutFeatures { get; init; } = [];

    /// <summary>
    /// Fraction of the validation rows that are confident enough to enter; null chooses it by the validation rows' net return.
    /// Default null.
    /// </summary>
    [Range(0.0005, 0.9)]
    public double? EntryShare { get; init; }

    /// <summary>Exit confidence as a fraction of the entry confidence; less avoids churn, more leaves sooner. Default 0.5.</summary>
    [Range(0.0, 1.0)]
    public double ExitRatio { get; init; } = 0.5;

    /// <summary>Event time omitted after each test window, as a fraction of the data's span. Default 0.002.</summary>
    [Range(0.0, 0.2)]
    public double Embargo { get; init; } = 0.002;

    /// <summary>Calibration of raw scores: <c>Platt</c> or <c>Isotonic</c>.</summary>
    [AllowedValues(CalibrationKind.Platt, CalibrationKind.Isotonic)]
    public CalibrationKind Calibration { get; init; } = CalibrationKind.Platt;

    /// <summary>Fee of one side, in basis points. Default 10.</summary>
    [Range(0.0, 1_000.0)]
    public decimal FeeBps { get; init; } = 10;

    /// <summary>Slippage of one side, in basis points. Default 0.</summary>
    [Range(0.0, 1_000.0)]
    public decimal SlippageBps { get; init; }

    /// <summary>Fraction of equity in one position of the out-of-sample run. Default 0.25.</summary>
    [Range(0.001, 1.0)]
    public decimal Fraction { get; init; } = 0.25m;

    [Range(0, int.MaxValue)]
    public int Seed { get; init; } = 1;

    /// <summary>Threads of native training; they change the time, not the model. Default 2.</summary>
    [Range(1, 256)]
    public int Threads { get; init; } = 2;

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public void Check() => DeclaredRanges.Check(this);

    public decimal CostBps => FeeBps + SlippageBps;
}
