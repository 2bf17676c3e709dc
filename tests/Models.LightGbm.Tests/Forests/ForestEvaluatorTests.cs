using BtcAgent.Models.LightGbm.Forests;

namespace BtcAgent.Models.LightGbm.Tests.Forests;

public sealed class ForestEvaluatorTests
{
    public static TheoryData<string> WithPredictions => [.. RecordedForest.WithPredictions];

    [Theory, MemberData(nameof(WithPredictions))]
    public void Predict_RecordedModel_EqualsLightGbm(string model)
    {
        var recorded = RecordedForest.Load(model);
        var evaluator = new ForestEvaluator(recorded.Forest);
        var actual = new double[recorded.Forest.Outputs];
        Assert.Equal(recorded.Predictions.Length, recorded.Rows.Length);
        for (var row = 0; row < recorded.Rows.Length; row++)
        {
            evaluator.Raw(recorded.Rows[row], actual);
            if (!recorded.Raw)
            {
                evaluator.Transform(actual);
            }

            AssertClose(recorded.Predictions[row], actual, 1e-13, row);
        }
    }

    [Fact]
    public void Raw_Multiclass_EqualsLightGbm()
    {
        var recorded = RecordedForest.Load("lgmulticlass.model");
        var expected = RecordedForest.ReadRows("lgmulticlass_true_raw_predictions.txt", 0);
        var evaluator = new ForestEvaluator(recorded.Forest);
        var actual = new double[5];
        for (var row = 0; row < expected.Length; row++)
        {
            evaluator.Raw(recorded.Rows[row], actual);
            AssertClose(expected[row], actual, 1e-13, row);
        }
    }

    [Fact]
    public void Leaves_BreastCancer_EqualLightGbm()
    {
        var evaluator = new ForestEvaluator(RecordedForest.Parse("lg_breast_cancer.txt"));
        var rows = RecordedForest.ReadRows("lg_breast_cancer_data.txt", 0);
        var expected = RecordedForest.ReadRows("lg_breast_cancer_data_pred_leaves.txt", 0);
        var actual = new int[evaluator.Forest.Trees.Length];
        for (var row = 0; row < rows.Length; row++)
        {
            evaluator.Leaves(rows[row], actual);
            Assert.Equal(expected[row].Select(leaf => (int)leaf), actual);
        }
    }

    // Leaves returned by LightGBM 4.7's C API: category 100 goes left, all others right.
    [Theory]
    [InlineData(100, 0)]
    [InlineData(100.9, 0)]
    [InlineData(0, 2)]
    [InlineData(-0.5, 2)]
    [InlineData(-1, 2)]
    [InlineData(1e10, 2)]
    [InlineData(4294967396.0, 2)]
    [InlineData(double.NaN, 2)]
    [InlineData(double.PositiveInfinity, 2)]
    public void Leaves_CategoricalSplit_TruncatesAndSendsTheUnknownRight(double category, int leaf)
    {
        var evaluator = new ForestEvaluator(RecordedForest.Parse("model_simple.txt"));
        var actual = new int[2];
        evaluator.Leaves([500, category], actual);
        Assert.Equal([leaf, leaf], actual);
    }

    [Theory]
    [InlineData(MissingType.None, true, -0.5, double.NaN, false)]
    [InlineData(MissingType.None, false, 0.5, double.NaN, true)]
    [InlineData(MissingType.Zero, true, -0.5, double.NaN, true)]
    [InlineData(MissingType.Zero, false, 0.5, 0, false)]
    [InlineData(MissingType.Zero, false, 0.5, 1e-36, false)]
    [InlineData(MissingType.NaN, true, -0.5, 0, false)]
    [InlineData(MissingType.NaN, true, -0.5, double.NaN, true)]
    [InlineData(MissingType.NaN, false, 0.5, double.NaN, false)]
    [InlineData(MissingType.None, false, -1e-36, -1e-36, false)]
    [InlineData(MissingType.None, false, 0, 1e-36, true)]
    public void Next_MissingAndTinyValues_GoWhereLightGbmSendsThem(
        MissingType missing, bool defaultLeft, double threshold, double value, bool left)
    {
        var split = new Split
        {
            Feature = 0,
            Threshold = threshold,
            DefaultLeft = defaultLeft,
            Missing = missing,
            Left = -1,
            Right = -2,
        };
        Assert.Equal(left ? -1 : -2, split.Next(value));
    }

    [Theory]
    [InlineData("binary sigmoid:2", 0.5, 0.7310585786300049)]
    [InlineData("poisson", 0.5, 1.6487212707001282)]
    [InlineData("regression sqrt", -3, -9)]
    [InlineData("quantile alpha:0.5", -3, -3)]
    [InlineData("cross_entropy", 0, 0.5)]
    [InlineData("cross_entropy_lambda", 0, 0.6931471805599453)]
    [InlineData("lambdarank", 1.5, 1.5)]
    public void Transform_ByObjective_IsLightGbms(string objective, double raw, double expected)
    {
        var evaluator = new ForestEvaluator(Forest.Parse(new RandomForestText { Objective = objective }.Write()));
        double[] scores = [raw];
        evaluator.Transform(scores);
        Assert.Equal(expected, scores[0], 1e-15);
    }

    internal static void AssertClose(double[] expected, ReadOnlySpan<double> actual, double relative, int row)
    {
        for (var k = 0; k < expected.Length; k++)
        {
            var difference = Math.Abs(expected[k] - actual[k]);
            Assert.True(difference <= relative * Math.Abs(expected[k]), $"row {row}: {actual[k]}, not {expected[k]}");
        }
    }
}
