namespace BtcAgent.Research.Training;

/// <summary>Progress of a training run.</summary>
/// <param name="What">The work at hand, such as <c>fold 2 of 5</c>.</param>
/// <param name="Share">Of the whole run, 0…1, not falling.</param>
public readonly record struct TrainingStep(string What, double Share);
