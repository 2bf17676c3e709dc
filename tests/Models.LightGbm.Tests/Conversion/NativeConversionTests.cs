using BtcAgent.Models.LightGbm.Conversion;
using BtcAgent.Models.LightGbm.Forests;
using BtcAgent.Models.LightGbm.Onnx;
using BtcAgent.Models.LightGbm.Tests.Forests;

namespace BtcAgent.Models.LightGbm.Tests.Conversion;

/// <summary>The managed evaluator and the converter against native LightGBM itself.</summary>
public sealed class NativeConversionTests
{
    private static readonly string[] Objectives =
    [
        "binary sigmoid:0.7", "regression", "regression sqrt", "poisson", "gamma", "tweedie", "cross_entropy",
        "cross_entropy_lambda", "lambdarank", "quantile alpha:0.5", "mape", "huber", "regression_l1", "regression_l2",
    ];

    public static TheoryData<string> Recorded => [.. RecordedForest.All];

    [Theory, MemberData(nameof(Recorded))]
    public void Compare_RecordedModel_EqualsNative(string model) => AssertSameAsNative(RecordedForest.ReadText(model), 1_000);

    [Theory]
    [InlineData(1, int.MaxValue, false, 0)]
    [InlineData(2, 3, false, 0)]
    [InlineData(3, 0, false, 4)]
    [InlineData(4, 4, true, 0)]
    public void Compare_RandomForest_EqualsNative(int seed, int categorical, bool average, int oneLeafEvery) =>
        AssertSameAsNative(new RandomForestText
        {
            Seed = seed,
            CategoricalFrom = categorical,
            AverageOutput = average,
            OneLeafEvery = oneLeafEvery,
        }.Write(), 4_000);

    [Fact]
    public void Predict_EveryObjective_EqualsNative()
    {
        foreach (var objective in Objectives)
        {
            AssertPredictions(new RandomForestText { Objective = objective, AverageOutput = objective == "poisson" });
        }

        AssertPredictions(new RandomForestText { Objective = "multiclass num_class:3", Classes = 3 });
        AssertPredictions(new RandomForestText { Objective = "multiclassova num_class:3 sigmoid:2", Classes = 3 });
    }

    private static void AssertSameAsNative(string text, int rows)
    {
        var forest = Forest.Parse(text);
        using var native = new NativeOracle(text, forest.Trees.Length, forest.Outputs, forest.Features);
        var report = ConversionCheck.Compare(
            forest, OnnxConverter.Convert(forest), new ConversionCheckOptions { Rows = rows }, native.Answer);
        Assert.True(report.Passed, string.Join("; ", report.Reasons) + report.Examples.FirstOrDefault());
        Assert.True(report.MaxRelativeDifference <= 1e-12, $"{report.MaxRelativeDifference}");
    }

    private static void AssertPredictions(RandomForestText random)
    {
        var text = random.Write();
        var forest = Forest.Parse(text);
        var evaluator = new ForestEvaluator(forest);
        using var native = new NativeOracle(text, forest.Trees.Length, forest.Outputs, forest.Features);
        var actual = new double[forest.Outputs];
        for (var i = 0; i < 20; i++)
        {
            double[] row = [.. Enumerable.Range(0, forest.Features).Select(f => Math.Sin(i * 31 + f) * 3)];
            evaluator.Predict(row, actual);
            var expected = native.Predictions(row);
            Assert.All(Enumerable.Range(0, forest.Outputs), k => Assert.Equal(expected[k], actual[k], 1e-14));
        }
    }

    /// <summary>Fields that LightGBM 2.0 did not write, and one that only it did.</summary>
    [Theory]
    [InlineData("version=v4\n", "")]
    [InlineData("num_tree_per_iteration=3\n", "")]
    [InlineData("feature_names=", "boost_from_average\nfeature_names=")]
    public void Predict_TextOfLightGbm20_EqualsNative(string now, string then)
    {
        var text = new RandomForestText { Iterations = 3, Leaves = 6, Features = 4, Classes = 3, Objective = "multiclass num_class:3" }.Write();
        var old = text.Replace(now, then, StringComparison.Ordinal);
        Assert.NotEqual(text, old);
        var forest = Forest.Parse(old);
        using var native = new NativeOracle(old, forest.Trees.Length, forest.Outputs, forest.Features);
        var actual = new double[forest.Outputs];
        for (var i = 0; i < 20; i++)
        {
            double[] row = [.. Enumerable.Range(0, forest.Features).Select(f => Math.Sin((i * 31) + f) * 3)];
            new ForestEvaluator(forest).Predict(row, actual);
            var expected = native.Predictions(row);
            Assert.All(Enumerable.Range(0, forest.Outputs), k => Assert.Equal(expected[k], actual[k], 1e-14));
        }
    }
}
