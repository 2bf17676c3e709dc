using BtcAgent.Research.Optimization.Spaces;

namespace BtcAgent.Research.Optimization.Samplers;

/// <summary>Draws each active parameter uniformly from its range, on its scale.</summary>
public sealed class RandomSampler : ISampler
{
    public string Description => "random";

    public ParameterPoint Suggest(SearchSpace space, IReadOnlyList<ObservedTrial> history, ulong seed) => Draw(space, new TrialRandom(seed));

    public long? TrialsMax(SearchSpace space) => null;

    internal static ParameterPoint Draw(SearchSpace space, TrialRandom random) =>
        space.Choose(parameter => parameter.FromUnit(random.NextUnit()));
}
