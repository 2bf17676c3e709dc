using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Contracts.Settings;

/// <summary>Parameters of the agent's trainings: section <c>Retraining:Recipe</c>. A change concerns the next job.</summary>
public sealed class RecipeOptions
{
    /// <summary>Walk-forward folds. Default 5.</summary>
    [Range(2, 50)]
    public int Folds { get; set; } = 5;

    /// <summary>Maximum number of trees. Default 200.</summary>
    [Range(1, 10_000)]
    public int Rounds { get; set; } = 200;

    /// <summary>Rounds without improvement of the validation score after which a fold stops. Default 25.</summary>
    [Range(1, 10_000)]
    public int EarlyStoppingRounds { get; set; } = 25;

    /// <summary>Default 0.05.</summary>
    [Range(0.0001, 1.0)]
    public double LearningRate { get; set; } = 0.05;

    /// <summary>Leaves of a tree. Default 31.</summary>
    [Range(2, 4_096)]
    public int Leaves { get; set; } = 31;

    /// <summary>Default 200.</summary>
    [Range(1, 10_000_000)]
    public int MinRowsInLeaf { get; set; } = 200;

    /// <summary>Fraction of the features tried in each tree. Default 0.8.</summary>
    [Range(0.05, 1.0)]
    public double FeatureFraction { get; set; } = 0.8;

    /// <summary>Last part of each training window, which stops, calibrates and chooses thresholds, as a fraction. Default 0.15.</summary>
    [Range(0.05, 0.5)]
    public double ValidationShare { get; set; } = 0.15;

    /// <summary>Event time omitted after each test window, as a fraction of the data's span. Default 0.002.</summary>
    [Range(0.0, 0.2)]
    public double Embargo { get; set; } = 0.002;

    /// <summary>Cost of one side, in basis points. Default <c>Agent:Paper:TakerFeeBps</c>.</summary>
    [Range(0.0, 1_000.0)]
    public decimal? CostBps { get; set; }

    /// <summary>Horizon of the label, in seconds of event time. Default 60.</summary>
    [Range(1, 31_536_000)]
    public int HorizonSeconds { get; set; } = 60;

    /// <summary>Distance of both barriers of the label, in basis points; 0 labels by the return at the horizon. Default 0.</summary>
    [Range(0.0, 10_000.0)]
    public double BarrierBps { get; set; }

    /// <summary>Seed of the training. Default 1.</summary>
    [Range(0, int.MaxValue)]
    public int Seed { get; set; } = 1;

    /// <summary>Least number of samples with a known outcome; with fewer the job fails and says so. Default 5,000.</summary>
    [Range(100, 100_000_000)]
    public int RowsMin { get; set; } = 5_000;
}
