using System.Collections.Immutable;
using BtcAgent.Domain.Models;
using BtcAgent.Research.Leakage;
using BtcAgent.Research.Training;

namespace BtcAgent.Research.Tests.Verdicts;

/// <summary>
/// How often a verdict claims an edge: complete trainings of small forests over planted histories. Folds, calibration, choice of
/// the entry, out-of-sample run, trials and verdict are those of <c>btcagent train</c>; only the forests are smaller.
/// </summary>
internal static class PowerStudy
{
    /// <summary>Fee of one side, in basis points; a round trip costs twice that.</summary>
    public const int FeeBps = 10;

    public static Verdict Judge(PlantedHistory history, decimal feeBps, CancellationToken cancellationToken) =>
        Train(history, feeBps, cancellationToken).Verdict!;

    public static TrainingRun Train(PlantedHistory history, decimal feeBps, CancellationToken cancellationToken)
    {
        var plan = new TrainingPlan
        {
            Name = "power",
            Rounds = 12,
            EarlyStoppingRounds = 4,
            LearningRate = 0.3,
            Leaves = 5,
            MinRowsInLeaf = 200,
            FeatureFraction = 1,
            FeeBps = feeBps,
            Seed = history.Seed,
            Threads = 1,
        };
        return new ModelTrainer(history.Make(), plan, ImmutableSortedDictionary<string, string>.Empty, LookAheadReport.LivePipeline)
            .Run("planted", withModel: false, null, cancellationToken);
    }
}
