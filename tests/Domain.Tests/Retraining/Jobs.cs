using BtcAgent.Domain.Retraining;

namespace BtcAgent.Domain.Tests.Retraining;

/// <summary>Requests of tests.</summary>
internal static class Jobs
{
    public static readonly Timestamp Start = Timestamp.FromUnixMilliseconds(1_795_910_400_000);

    public static readonly TrainingRecipe Recipe = new()
    {
        Name = "forest",
        Folds = 3,
        Rounds = 50,
        EarlyStoppingRounds = 10,
        LearningRate = 0.05,
        Leaves = 8,
        MinRowsInLeaf = 50,
        FeatureFraction = 0.5,
        ValidationShare = 0.2,
        Embargo = 0,
        CostBps = 10,
        HorizonSeconds = 60,
        BarrierBps = 0,
        Seed = 1,
        HidesCalendar = false,
        RowsMin = 1_000,
    };

    public static TrainingRequest Of(string strategy, TrainingTrigger trigger = TrainingTrigger.Schedule) => new(
        strategy,
        InstrumentId.Parse("BINANCE:BTCUSDT"),
        trigger,
        trigger == TrainingTrigger.Operator ? "ada" : "agent",
        "a test",
        new TrainingWindow(TrainingDataKind.History, default, default),
        Recipe);
}
