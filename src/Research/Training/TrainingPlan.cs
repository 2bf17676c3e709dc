using System.ComponentModel.DataAnnotations;
using BtcAgent.Domain.Models;

namespace BtcAgent.Research.Training;

/// <summary>How a model is trained and judged. The same plan, data and code give the same artefact, byte for byte.</summary>
public sealed record TrainingPlan
{
    /// <summary>First part of the model's id: letters, digits and dashes.</summary>
    [RegularExpression("^[a-z0-9-]{1,32}$")]
    public string Name { get; init; } = "forest";

    /// <summary>Walk-forward folds.</summary>
    [Range(2, 50)]
    public int Folds { get; init; } = 5;

    /// <summary>Most trees.</summary>
    [Range(1, 10_000)]
    public int Rounds { get; init; } = 200;

    /// <summary>Rounds without a better validation score after which a fold stops.</summary>
    [Range(1, 10_000)]
    public int EarlyStoppingRounds { get; init; } = 25;

    [Range(0.0001, 1.0)]
    public double LearningRate { get; init; } = 0.05;

    [Range(2, 4_096)]
    public int Leaves { get; init; } = 31;

    [Range(1, 10_000_000)]
    public int MinRowsInLeaf { get; init; } = 200;

    /// <summary>Features tried in each tree, as a share.</summary>
    [Range(0.05, 1.0)]
    public double FeatureFraction { get; init; } = 0.8;

    /// <summary>Rows used in each tree, as a share, drawn anew every tree.</summary>
    [Range(0.05, 1.0)]
    public double BaggingFraction { get; init; } = 0.8;

    /// <summary>The end of each training window that only stops, calibrates and chooses thresholds, as a share.</summary>
    [Range(0.05, 0.5)]
    public double ValidationShare { get; init; } = 0.15;

    /// <summary>Event time left out after each test window, as a share of the data's span.</summary>
    [Range(0.0, 0.2)]
    public double Embargo { get; init; } = 0.002;

    /// <summary>How raw scores become probabilities: <c>Platt</c> or <c>Isotonic</c>.</summary>
    [AllowedValues(CalibrationKind.Platt, CalibrationKind.Isotonic)]
    public CalibrationKind Calibration { get; init; } = CalibrationKind.Platt;

    /// <summary>Fee of one side, in basis points.</summary>
    [Range(0.0, 1_000.0)]
    public decimal FeeBps { get; init; } = 10;

    /// <summary>Slippage of one side, in basis points.</summary>
    [Range(0.0, 1_000.0)]
    public decimal SlippageBps { get; init; }

    /// <summary>Of equity in one position, in the out-of-sample run.</summary>
    [Range(0.001, 1.0)]
    public decimal Fraction { get; init; } = 0.25m;

    [Range(0, int.MaxValue)]
    public int Seed { get; init; } = 1;

    /// <summary>Threads of native training; they change the time, not the model.</summary>
    [Range(1, 256)]
    public int Threads { get; init; } = 2;

    /// <exception cref="ArgumentException">A value out of its range.</exception>
    public void Check()
    {
        try
        {
            Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
        }
        catch (ValidationException e)
        {
            throw new ArgumentException(e.Message, e);
        }
    }

    public decimal CostBps => FeeBps + SlippageBps;
}
