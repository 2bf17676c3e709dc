using BtcAgent.Domain.Models;
using BtcAgent.Models.LightGbm.Forests;
using BtcAgent.Models.LightGbm.Native;
using BtcAgent.Models.LightGbm.Tests.Native;

namespace BtcAgent.Models.LightGbm.Tests.Forests;

/// <summary>Compares the managed TreeSHAP with native LightGBM's, number by number.</summary>
public sealed class ForestExplainerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Explain_TrainedForest_IsWhatNativeLightGbmSays(int seed)
    {
        var (values, _) = SyntheticTable.Make(100, 30 + seed);
        AssertAgrees(SyntheticTable.Train(SyntheticTable.Options(seed) with { Leaves = 31 }).ModelText, values);
    }

    [Theory]
    [InlineData("lg_dart_breast_cancer.model")]
    [InlineData("lg_kddcup99.model")]
    [InlineData("lgmulticlass.model")]
    public void Explain_RecordedForest_IsWhatNativeLightGbmSays(string model)
    {
        var recorded = RecordedForest.Load(model);
        AssertAgrees(recorded.Text, [.. recorded.Rows.Take(20).SelectMany(row => row.Select(v => (float)v))]);
    }

    [Fact]
    public void Explain_TextWithoutRowCounts_IsRefused()
    {
        var text = new RandomForestText { Iterations = 2, Leaves = 4, Features = 3, Seed = 5 }.Write();
        var explainer = new ForestExplainer(Forest.Parse(text));

        var refused = Assert.Throws<ModelRefusedException>(() => explainer.Explain([1, 2, 3]));

        Assert.Contains("internal_count, leaf_count", refused.Message, StringComparison.Ordinal);
    }

    private static void AssertAgrees(string text, float[] values)
    {
        var forest = Forest.Parse(text);
        var explainer = new ForestExplainer(forest);
        using var native = Booster.FromText(text);
        var due = native.Predict(values, forest.Features, PredictionKind.Contribution);
        var at = 0;
        for (var row = 0; row < values.Length / forest.Features; row++)
        {
            for (var output = 0; output < forest.Outputs; output++)
            {
                var found = explainer.Explain(values.AsSpan(row * forest.Features, forest.Features), output);
                double[] numbers = [.. found.Contributions, found.Baseline];
                foreach (var number in numbers)
                {
                    Assert.Equal(due[at], number, 1e-9 * Math.Max(1, Math.Abs(due[at])));
                    at++;
                }
            }
        }
    }
}
