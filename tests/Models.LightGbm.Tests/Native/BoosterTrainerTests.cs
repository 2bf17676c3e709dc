using BtcAgent.Models.LightGbm.Native;

namespace BtcAgent.Models.LightGbm.Tests.Native;

public sealed class BoosterTrainerTests
{
    private static readonly float[] Ones = [1, 1];

    [Fact]
    public void Train_SeparableRows_LearnsThem()
    {
        var (values, labels) = SyntheticTable.Make(1_000, 99);
        using var booster = Booster.FromText(SyntheticTable.Train(SyntheticTable.Options()).ModelText);

        var probabilities = booster.Predict(values, SyntheticTable.Columns, PredictionKind.Transformed);

        var right = probabilities.Zip(labels, (p, l) => (p > 0.5) == (l > 0.5)).Count(x => x);
        Assert.True(right > 900, $"{right} of 1000");
    }

    [Fact]
    public void Train_SameSeed_SameTextOnAnyNumberOfThreads()
    {
        var one = SyntheticTable.Train(SyntheticTable.Options());

        Assert.Equal(one.ModelText, SyntheticTable.Train(SyntheticTable.Options()).ModelText);
        Assert.Equal(one.ModelText, SyntheticTable.Train(SyntheticTable.Options() with { Threads = 2 }).ModelText);
        Assert.NotEqual(one.ModelText, SyntheticTable.Train(SyntheticTable.Options(seed: 2)).ModelText);
    }

    [Fact]
    public void Train_ValidationNoLongerBetter_StopsAndKeepsTheBestRound()
    {
        var (values, labels) = SyntheticTable.Make(400, 3);
        var noise = new Random(5);
        var shuffled = labels.Select(_ => (float)noise.Next(2)).ToArray();
        var options = SyntheticTable.Options() with { EarlyStoppingRounds = 5, Rounds = 200, MinRowsInLeaf = 2 };
        using var train = new TrainingTable(values, SyntheticTable.Names, [new RowRange(0, 200)], shuffled[..200], null, options);
        using var valid = new TrainingTable(values, SyntheticTable.Names, [new RowRange(200, 200)], shuffled[200..], null, options, train);

        var outcome = BoosterTrainer.Train(train, valid, options);

        Assert.Equal(outcome.BestRound + 5, outcome.Metrics.Length);
        Assert.Equal(outcome.Metrics.Min(), outcome.Metrics[outcome.BestRound - 1]);
        using var booster = Booster.FromText(outcome.ModelText);
        Assert.Equal(outcome.BestRound, booster.Iterations);
        Assert.Equal(outcome.Gains, booster.FeatureGains());
    }

    [Fact]
    public void Train_Weights_HeavyRowsDecide()
    {
        var (values, _) = SyntheticTable.Make(400, 3);
        float[] labels = [.. Enumerable.Range(0, 400).Select(i => i % 2f)];
        float[] weights = [.. Enumerable.Range(0, 400).Select(i => i % 2 == 1 ? 9f : 1f)];
        var options = SyntheticTable.Options() with { Rounds = 1, MinRowsInLeaf = 100 };
        using var table = new TrainingTable(values, SyntheticTable.Names, [new RowRange(0, 400)], labels, weights, options);
        using var booster = Booster.FromText(BoosterTrainer.Train(table, null, options).ModelText);

        Assert.True(booster.Predict(values, SyntheticTable.Columns, PredictionKind.Transformed).Average() > 0.8);
    }

    [Fact]
    public void Train_SeveralRanges_EqualsOneOfTheSameRows()
    {
        var (values, labels) = SyntheticTable.Make(1_000, 3);
        var options = SyntheticTable.Options();
        using var whole = new TrainingTable(values, SyntheticTable.Names, [new RowRange(0, 1_000)], labels, null, options);
        using var parts = new TrainingTable(
            values, SyntheticTable.Names, [new RowRange(0, 300), new RowRange(300, 1), new RowRange(301, 699)], labels, null, options);

        Assert.Equal(
            BoosterTrainer.Train(whole, null, options).ModelText, BoosterTrainer.Train(parts, null, options).ModelText);
    }

    [Fact]
    public void Train_Cancelled_Throws()
    {
        var (values, labels) = SyntheticTable.Make(100, 3);
        var options = SyntheticTable.Options();
        using var table = new TrainingTable(values, SyntheticTable.Names, [new RowRange(0, 100)], labels, null, options);
        using var stop = new CancellationTokenSource();

        var progress = new Immediate(r => { if (r.Round == 3) { stop.Cancel(); } });

        Assert.Throws<OperationCanceledException>(() => BoosterTrainer.Train(table, null, options, progress, stop.Token));
    }

    [Fact]
    public void Table_WrongInput_SaysWhatIsWrong()
    {
        var options = SyntheticTable.Options();
        string[] names = ["a", "b"];

        Assert.Contains("complete rows", Error([1, 2, 3], [new RowRange(0, 1)], [1], null), StringComparison.Ordinal);
        Assert.Contains("not in a matrix of 2 rows", Error([1, 2, 3, 4], [new RowRange(1, 2)], Ones, null), StringComparison.Ordinal);
        Assert.Contains("do not match", Error([1, 2, 3, 4], [new RowRange(0, 2)], [1], null), StringComparison.Ordinal);
        Assert.Contains("label of row 1 is NaN", Error([1, 2, 3, 4], [new RowRange(0, 2)], [1, float.NaN], null), StringComparison.Ordinal);
        Assert.Contains("weight of row 0 is -1", Error([1, 2, 3, 4], [new RowRange(0, 2)], Ones, [-1, 1]), StringComparison.Ordinal);

        string Error(float[] values, RowRange[] ranges, float[] labels, float[]? weights) =>
            Assert.Throws<ArgumentException>(() => new TrainingTable(values, names, ranges, labels, weights, options)).Message;
    }

    [Fact]
    public void Train_OptionOutOfRange_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => SyntheticTable.Train(SyntheticTable.Options() with { Leaves = 1 }));
        Assert.Contains("Leaves", error.Message, StringComparison.Ordinal);
    }

    private sealed class Immediate(Action<TrainingRound> report) : IProgress<TrainingRound>
    {
        public void Report(TrainingRound value) => report(value);
    }
}
