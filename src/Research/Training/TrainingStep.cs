namespace BtcAgent.Research.Training;

/// <summary>Progress of a training run.</summary>
/// <param name="What">Current work, such as <c>fold 2 of 5</c>.</param>
/// <param name="Share">Fraction of the whole run, 0…1, non-decreasing.</param>
public readonly record struct TrainingStep(string What, double Share);
