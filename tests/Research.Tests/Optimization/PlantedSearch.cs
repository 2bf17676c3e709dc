using BtcAgent.Research.Labels;
using BtcAgent.Research.Optimization.Objectives;
using BtcAgent.Research.Optimization.Spaces;
using BtcAgent.Research.Tests.Verdicts;
using BtcAgent.Research.Training;

namespace BtcAgent.Research.Tests.Optimization;

/// <summary>Small searches over planted histories.</summary>
internal static class PlantedSearch
{
    public const int MinutesOfDay = 24 * 60;

    /// <summary>The parameters that matter on a planted history, and some that do not.</summary>
    public static SearchSpace Space { get; } = new(
        new IntegerParameter("horizon", 15, 60, 15),
        new IntegerParameter("barrier_bps", 0, 50, 50),
        new IntegerParameter("sample_every", 5, 15, 5),
        new IntegerParameter("leaves", 2, 8),
        new NumberParameter("learning_rate", 0.1, 0.5, log: true),
        new NumberParameter("exit_ratio", 0.2, 0.8));

    public static ForestSettings Settings(int folds = 5, decimal feeBps = PowerStudy.FeeBps) => new(
        new TrainingPlan
        {
            Name = "planted",
            Folds = folds,
            Rounds = 12,
            EarlyStoppingRounds = 4,
            LearningRate = 0.3,
            Leaves = 5,
            MinRowsInLeaf = 50,
            FeeBps = feeBps,
            Threads = 1,
        },
        PlantedHistory.DriftMinutes,
        0);

    public static SearchData Data(PlantedHistory history)
    {
        var rows = history.Make().Rows;
        return new SearchData(rows, PricePath.FromRows(rows, Market.Minute * 2), Market.Minute);
    }
}
