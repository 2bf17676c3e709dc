using System.Collections.Immutable;
using BtcAgent.Research.Optimization.Samplers;
using BtcAgent.Research.Optimization.Spaces;
using BtcAgent.Research.Optimization.Studies;

namespace BtcAgent.Research.Optimization.Landscapes;

/// <summary>
/// How much of the variance of the value each parameter explains by itself: functional analysis of variance of a forest of
/// regression trees, over the whole space with each part equally likely. Source: Hutter, Hoos, Leyton-Brown 2014, main effects
/// only, scaled to a sum of 1; variance that parameters explain only together is not attributed.
/// </summary>
/// <param name="Name">Name of the parameter.</param>
/// <param name="Share">0…1; the shares of a space add up to 1.</param>
public sealed record ParameterImportance(string Name, double Share)
{
    /// <summary>Fewest complete trials for an estimate.</summary>
    public const int TrialsMin = 10;

    private const int Trees = 64;

    /// <param name="space">Space of the search.</param>
    /// <param name="trials">All trials; only complete ones count.</param>
    /// <param name="seed">Seed of the forest, and of the places of inactive parameters: drawn, so that they explain nothing.</param>
    /// <returns>
    /// One per parameter, in declared order; empty below <see cref="TrialsMin"/> complete trials. Equal shares if nothing explains
    /// anything.
    /// </returns>
    public static ImmutableArray<ParameterImportance> Of(SearchSpace space, IReadOnlyList<Trial> trials, ulong seed = 1)
    {
        var complete = trials.Where(trial => trial.State == TrialState.Complete).OrderBy(trial => trial.Number).ToList();
        if (complete.Count < TrialsMin)
        {
            return [];
        }

        var random = new TrialRandom(seed);
        double[][] places =
        [
            .. complete.Select(trial => (double[])
            [
                .. space.Parameters.Select(p => trial.Point.TryGet(p.Name, out var value) ? p.ToUnit(value) : random.NextUnit()),
            ]),
        ];
        double[] values = [.. complete.Select(trial => trial.Value)];
        var shares = new double[space.Parameters.Length];
        for (var tree = 0; tree < Trees; tree++)
        {
            var effects = EffectTree.Grow(places, values, random).MainEffects();
            var total = effects.Sum();
            for (var i = 0; i < shares.Length && total > 0; i++)
            {
                shares[i] += effects[i] / total;
            }
        }

        var sum = shares.Sum();
        return [.. space.Parameters.Select((p, i) => new ParameterImportance(p.Name, sum > 0 ? shares[i] / sum : 1.0 / shares.Length))];
    }
}
