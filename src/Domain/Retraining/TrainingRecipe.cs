namespace BtcAgent.Domain.Retraining;

/// <summary>
/// Parameters of a training, fixed when its job is created, so that each attempt trains the same model. The trainer checks the ranges.
/// </summary>
[GenerateSerializer, Immutable, Alias("TrainingRecipe")]
public sealed record TrainingRecipe
{
    /// <summary>Prefix of the model's id: letters, digits and dashes.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>Walk-forward folds, 2…50.</summary>
    [Id(1)] public required int Folds { get; init; }

    /// <summary>Maximum number of trees, 1…10,000.</summary>
    [Id(2)] public required int Rounds { get; init; }

    /// <summary>Rounds without improvement after which a fold stops.</summary>
    [Id(3)] public required int EarlyStoppingRounds { get; init; }

    [Id(4)] public required double LearningRate { get; init; }

    /// <summary>Leaves of a tree, 2…4,096.</summary>
    [Id(5)] public required int Leaves { get; init; }

    [Id(6)] public required int MinRowsInLeaf { get; init; }

    /// <summary>Fraction of the features tried in each tree, 0.05…1.</summary>
    [Id(7)] public required double FeatureFraction { get; init; }

    /// <summary>Last part of each training window, which stops, calibrates and chooses thresholds, as a fraction.</summary>
    [Id(8)] public required double ValidationShare { get; init; }

    /// <summary>Event time omitted after each test window, as a fraction of the data's span.</summary>
    [Id(9)] public required double Embargo { get; init; }

    /// <summary>Cost of one side, in basis points.</summary>
    [Id(10)] public required decimal CostBps { get; init; }

    /// <summary>Horizon of the label, in seconds of event time.</summary>
    [Id(11)] public required int HorizonSeconds { get; init; }

    /// <summary>Distance of both barriers of the label, in basis points; 0 labels by the return at the horizon.</summary>
    [Id(12)] public required double BarrierBps { get; init; }

    [Id(13)] public required int Seed { get; init; }

    /// <summary>True hides the calendar features, by which a forest would memorise a history of a few hours.</summary>
    [Id(14)] public required bool HidesCalendar { get; init; }

    /// <summary>Least number of samples with a known outcome; fewer fail the job.</summary>
    [Id(15)] public required int RowsMin { get; init; }

    /// <summary>Searches settings around these, and trains what passes; null trains these.</summary>
    [Id(16)] public TrainingSearch? Search { get; init; }
}
