using BtcAgent.Research.Optimization.Spaces;

namespace BtcAgent.Research.Optimization.Samplers;

/// <summary>Chooses the points of a search. A suggestion depends on the arguments only, and implementations are thread-safe.</summary>
public interface ISampler
{
    /// <summary>Name and settings in one line; a search is resumed by a sampler of the same description only.</summary>
    string Description { get; }

    /// <param name="space">Space of all trials.</param>
    /// <param name="history">All earlier trials in the order of their numbers; the suggested trial has the number of their count.</param>
    /// <param name="seed">Seed of the suggestion.</param>
    ParameterPoint Suggest(SearchSpace space, IReadOnlyList<ObservedTrial> history, ulong seed);

    /// <summary>Number of trials after which the sampler has no further points; null for no limit.</summary>
    long? TrialsMax(SearchSpace space);
}
