using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Retraining;

namespace BtcAgent.Silo.Models;

/// <summary>
/// A small forest on the simulated venue's history. The same options, seed and code give the same artefact: the history ends at a
/// fixed time.
/// </summary>
internal static class StarterModel
{
    private static readonly Timestamp End = Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero));

    /// <param name="strategy">The strategy; the venue trades its instrument's symbol.</param>
    /// <param name="options">Length of the history, and the label.</param>
    /// <param name="seed">Seed of the venue.</param>
    public static TrainingRequest Request(StrategyOptions strategy, StarterOptions options, int seed) => new(
        strategy.Name,
        InstrumentId.Parse(strategy.Instrument),
        TrainingTrigger.Starter,
        "start",
        "starter model, trained on the simulated venue's history",
        new TrainingWindow(TrainingDataKind.SimulatedVenue, End - options.History, End),
        new TrainingRecipe
        {
            Name = "starter",
            Folds = 3,
            Rounds = 80,
            EarlyStoppingRounds = 10,
            LearningRate = 0.05,
            Leaves = 4,
            MinRowsInLeaf = 100,
            FeatureFraction = 0.3,
            ValidationShare = 0.3,
            Embargo = 0,
            CostBps = options.CostBps,
            HorizonSeconds = options.HorizonSeconds,
            BarrierBps = 0,
            Seed = seed,
            HidesCalendar = true,
            RowsMin = 1,
        });
}
