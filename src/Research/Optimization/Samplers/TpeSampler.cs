using System.Globalization;
using BtcAgent.Research.Optimization.Spaces;

namespace BtcAgent.Research.Optimization.Samplers;

/// <summary>
/// Multivariate tree-structured Parzen estimator. Splits the trials into the best ones and the others, estimates the density of
/// each group by a mixture of kernels, draws candidates from that of the best, and suggests the candidate with the greatest
/// ratio of the two densities. Sources: Bergstra et al. 2011; Falkner, Klein, Hutter 2018 (multivariate kernels); constants of
/// Optuna (Akiba et al. 2019). Trials in flight count with the others (constant liar), as do failed ones, so that neither is
/// suggested again.
/// </summary>
public sealed class TpeSampler : ISampler
{
    private readonly TpeOptions _options;

    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public TpeSampler(TpeOptions? options = null)
    {
        _options = options ?? new TpeOptions();
        _options.Check();
    }

    public string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"tpe startup={_options.StartupTrials} candidates={_options.Candidates} best={_options.BestFraction:R} best-max={_options.BestMax} prior={_options.PriorWeight:R}");

    public ParameterPoint Suggest(SearchSpace space, IReadOnlyList<ObservedTrial> history, ulong seed)
    {
        var random = new TrialRandom(seed);
        var scored = history.Count(trial => trial.State is TrialState.Complete or TrialState.Pruned);
        if (scored < _options.StartupTrials || scored == 0)
        {
            return RandomSampler.Draw(space, random);
        }

        var best = (int)Math.Min(Math.Ceiling(_options.BestFraction * scored), _options.BestMax);
        var (good, others) = TrialSplit.Of(history, best);
        var (drawn, against) = (new ParzenMixture(space, good, _options.PriorWeight), new ParzenMixture(space, others, _options.PriorWeight));
        var (suggestion, score) = (ParameterPoint.Empty, double.NegativeInfinity);
        for (var i = 0; i < _options.Candidates; i++)
        {
            var candidate = drawn.Draw(random);
            var ratio = drawn.LogDensity(candidate) - against.LogDensity(candidate);
            if (i == 0 || ratio > score)
            {
                (suggestion, score) = (candidate, ratio);
            }
        }

        return suggestion;
    }

    public long? TrialsMax(SearchSpace space) => null;
}
