namespace BtcAgent.Domain.Experiments;

/// <summary>An experiment, and how many of its moves the registry of models has.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="AppliedMoves">Moves that were carried out; the first one, its begin, needs none.</param>
/// <param name="Problem">Why the next move could not be carried out; null for none. It is tried again.</param>
[GenerateSerializer, Immutable, Alias("TrackedExperiment")]
public sealed record TrackedExperiment(
    [property: Id(0)] Experiment Experiment, [property: Id(1)] int AppliedMoves, [property: Id(2)] string? Problem = null)
{
    /// <summary>The oldest move that was not carried out; null when there is none.</summary>
    public ExperimentMove? Pending => AppliedMoves < Experiment.Moves.Length ? Experiment.Moves[AppliedMoves] : null;
}
