using BtcAgent.Research.Optimization.Samplers;
using BtcAgent.Research.Optimization.Spaces;

namespace BtcAgent.Research.Optimization.Studies;

/// <summary>Everything that decides the trials of a search. Two searches of one identity have the same trials.</summary>
/// <param name="Space">Search space.</param>
/// <param name="Objective">Line that names the objective and its data.</param>
/// <param name="Folds">Folds of a trial.</param>
/// <param name="Seed">Seed of the search.</param>
/// <param name="Sampler">Description of the sampler.</param>
/// <param name="Lag">Trial n is suggested from those up to n − lag.</param>
/// <param name="Pruning">Description of the pruning.</param>
public sealed record StudyIdentity(
    SearchSpace Space, string Objective, int Folds, ulong Seed, string Sampler, int Lag, string Pruning)
{
    internal static StudyIdentity Of(SearchSpace space, ITrialObjective objective, ISampler sampler, StudyOptions options) =>
        new(space, options.Objective, objective.Folds, options.Seed, sampler.Description, options.Lag, options.Pruning.Description);
}
