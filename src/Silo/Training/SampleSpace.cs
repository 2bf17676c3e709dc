using System.Collections.Immutable;
using BtcAgent.Research.Optimization.Objectives;
using BtcAgent.Research.Optimization.Spaces;

namespace BtcAgent.Silo.Training;

/// <summary>
/// The space of a search over the agent's samples where the settings give none. As <see cref="ForestSpace"/>, but horizons are
/// minutes of samples, and each group of features that the samples have can be left out.
/// </summary>
internal static class SampleSpace
{
    /// <summary>In five minutes BTC moves by about the cost of a round trip; no shorter horizon can earn it.</summary>
    private const int HorizonStepMs = 300_000;

    private const int HorizonSteps = 12;
    private const int ThinningStepMs = 10_000;
    private const int ThinningSteps = 6;

    private static readonly string[] YesNo = ["yes", "no"];

    /// <param name="features">Names of the samples' features.</param>
    /// <param name="intervalMs">Event time between samples.</param>
    public static SearchSpace Of(ImmutableArray<string> features, int intervalMs)
    {
        var (horizon, thinning) = (Math.Max(1, HorizonStepMs / intervalMs), Math.Max(1, ThinningStepMs / intervalMs));
        return new SearchSpace(
        [
            new IntegerParameter("horizon", horizon, HorizonSteps * horizon, horizon),
            new IntegerParameter("barrier_bps", 0, 100, 25),
            new IntegerParameter("sample_every", thinning, ThinningSteps * thinning, thinning),
            new IntegerParameter("leaves", 4, 63, log: true),
            new NumberParameter("learning_rate", 0.03, 0.3, log: true),
            new IntegerParameter("min_rows", 50, 2_000, log: true),
            new IntegerParameter("rounds", 50, 200, 25),
            new NumberParameter("feature_fraction", 0.3, 1),
            new NumberParameter("bagging_fraction", 0.5, 1),
            .. FeatureGroups.Names.Where(group => features.Any(feature => FeatureGroups.Of(feature) == group))
                .Select(group => new ChoiceParameter($"use_{group}", YesNo)),
            new ChoiceParameter("entry", ["validation", "share"]),
            new NumberParameter("entry_share", 0.005, 0.3, log: true, new ParameterCondition("entry", new ParameterValue("share"))),
            new NumberParameter("exit_ratio", 0.2, 0.9),
        ]);
    }
}
