using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace BtcAgent.Models.LightGbm.Native;

/// <summary>Parameters of one training run. <see cref="Seed"/> determines all randomness.</summary>
public sealed record TrainingOptions
{
    /// <summary>LightGBM's name: <c>binary</c>, <c>regression</c>, <c>multiclass</c>, <c>poisson</c>, <c>tweedie</c>…</summary>
    public string Objective { get; init; } = "binary";

    /// <summary>Number of classes; more than 1 only for <c>multiclass</c>.</summary>
    [Range(1, 1_000)]
    public int Classes { get; init; } = 1;

    /// <summary>LightGBM's name of the metric for early stopping.</summary>
    public string Metric { get; init; } = "binary_logloss";

    /// <summary><c>gbdt</c>, <c>dart</c> or <c>rf</c>.</summary>
    public string Boosting { get; init; } = "gbdt";

    /// <summary>Maximum number of rounds; each adds one tree per class.</summary>
    [Range(1, 100_000)]
    public int Rounds { get; init; } = 200;

    /// <summary>
    /// Rounds without improvement of the validation metric after which training stops; 0 never stops early.
    /// </summary>
    [Range(0, 100_000)]
    public int EarlyStoppingRounds { get; init; } = 25;

    [Range(1e-6, 10.0)]
    public double LearningRate { get; init; } = 0.05;

    [Range(2, 131_072)]
    public int Leaves { get; init; } = 31;

    [Range(1, int.MaxValue)]
    public int MinRowsInLeaf { get; init; } = 20;

    /// <summary>Fraction of the features tried in each tree.</summary>
    [Range(0.01, 1.0)]
    public double FeatureFraction { get; init; } = 1;

    /// <summary>Fraction of the rows used in each tree.</summary>
    [Range(0.01, 1.0)]
    public double BaggingFraction { get; init; } = 1;

    /// <summary>Number of trees after which the rows are drawn again; 0 uses all rows.</summary>
    [Range(0, 100_000)]
    public int BaggingFrequency { get; init; }

    [Range(0.0, 1e9)]
    public double Lambda1 { get; init; }

    [Range(0.0, 1e9)]
    public double Lambda2 { get; init; }

    [Range(2, 65_535)]
    public int MaxBins { get; init; } = 255;

    [Range(0, int.MaxValue)]
    public int Seed { get; init; } = 1;

    /// <summary>Number of threads; changes the time, not the model.</summary>
    [Range(1, 1_024)]
    public int Threads { get; init; } = 1;

    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    internal void Check()
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

    internal string ToText() => string.Create(
        CultureInfo.InvariantCulture,
        $"objective={Objective} num_class={Classes} metric={Metric} boosting={Boosting} learning_rate={LearningRate:R} "
        + $"num_leaves={Leaves} min_data_in_leaf={MinRowsInLeaf} feature_fraction={FeatureFraction:R} "
        + $"bagging_fraction={BaggingFraction:R} bagging_freq={BaggingFrequency} lambda_l1={Lambda1:R} lambda_l2={Lambda2:R} "
        + $"max_bin={MaxBins} seed={Seed} num_threads={Threads} deterministic=true force_row_wise=true verbosity=-1");
}
