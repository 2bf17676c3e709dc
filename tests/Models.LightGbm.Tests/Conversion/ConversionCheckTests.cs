using BtcAgent.Models.LightGbm.Conversion;
using BtcAgent.Models.LightGbm.Forests;
using BtcAgent.Models.LightGbm.Onnx;
using BtcAgent.Models.LightGbm.Tests.Forests;
using CsCheck;

namespace BtcAgent.Models.LightGbm.Tests.Conversion;

public sealed class ConversionCheckTests
{
    private static readonly ConversionCheckOptions Few = new() { Rows = 2_000 };

    private static readonly string[] Objectives =
    [
        "binary sigmoid:0.7", "poisson", "multiclass num_class:3", "multiclassova num_class:3 sigmoid:2",
        "regression sqrt", "cross_entropy_lambda", "lambdarank",
    ];

    private static readonly Gen<RandomForestText> Forests = Gen.Select(
        Gen.Int[0, 1_000_000], Gen.Int[2, 8], Gen.Int[0, 8], Gen.Int[2, 40],
        Gen.Int[0, Objectives.Length - 1].Select(i => Objectives[i]),
        (seed, features, categorical, leaves, objective) => new RandomForestText
        {
            Seed = seed,
            Features = features,
            CategoricalFrom = categorical,
            Leaves = leaves,
            Iterations = 5,
            OneLeafEvery = seed % 3 == 0 ? 4 : 0,
            AverageOutput = seed % 5 == 0,
            Objective = objective,
            Classes = objective.Contains("num_class", StringComparison.Ordinal) ? 3 : 1,
        });

    public static TheoryData<string> Recorded => [.. RecordedForest.All];

    [Theory, MemberData(nameof(Recorded))]
    public void Compare_RecordedModel_Passes(string model)
    {
        var forest = RecordedForest.Parse(model);
        foreach (var precision in Enum.GetValues<OnnxPrecision>())
        {
            var report = AssertPassed(forest, precision, Few);
            Assert.True(report.LeafCoverage > 0.5, $"{report.LeafCoverage}");
        }
    }

    [Fact]
    public void Compare_DefaultOptions_TriesTwentyThousandRows()
    {
        var forest = Forest.Parse(new RandomForestText { CategoricalFrom = 4, OneLeafEvery = 5 }.Write());
        var report = AssertPassed(forest, OnnxPrecision.Single, new ConversionCheckOptions());
        Assert.Equal(20_000, report.Rows);
        Assert.True(report.LeafCoverage > 0.8, $"{report.LeafCoverage}");
        Assert.True(report.MaxRelativeDifference <= 1e-12, $"{report.MaxRelativeDifference}");
    }

    [Fact]
    public void Compare_AnyRandomForest_HasNoBranchDifferences() => Forests.Sample(
        text =>
        {
            var forest = Forest.Parse(text.Write());
            foreach (var precision in Enum.GetValues<OnnxPrecision>())
            {
                AssertPassed(forest, precision, new ConversionCheckOptions { Rows = 1_000, Seed = text.Seed });
            }
        },
        iter: 30, threads: 1);

    // A feature that is missing at zero in one split, at NaN in another and a category in a third.
    [Fact]
    public void Compare_FeatureReadInThreeWays_Passes()
    {
        var forest = Forest.Parse("""
            tree
            version=v3
            num_class=1
            num_tree_per_iteration=1
            max_feature_idx=0
            feature_names=mixed

            Tree=0
            num_leaves=5
            num_cat=1
            split_feature=0 0 0 0
            threshold=0 0.5 -2.5 7.5
            decision_type=1 4 10 0
            left_child=-1 -2 -3 -4
            right_child=1 2 3 -5
            leaf_value=0.1 0.2 0.3 0.4 0.5
            cat_boundaries=0 1
            cat_threshold=22

            end of trees
            """);
        AssertPassed(forest, OnnxPrecision.Single, Few);
    }

    [Fact]
    public void Compare_SameSeed_GivesTheSameReport()
    {
        var forest = Forest.Parse(new RandomForestText().Write());
        var onnx = OnnxConverter.Convert(forest);
        ConversionReport Compare(int seed) => ConversionCheck.Compare(
            forest, onnx, Few with { Seed = seed }, (_, _, leaves, _) => leaves.AsSpan().Fill(1));
        Assert.Equal(Compare(seed: 3).BranchDifferences, Compare(seed: 3).BranchDifferences);
        Assert.NotEqual(Compare(seed: 3).BranchDifferences, Compare(seed: 4).BranchDifferences);
    }

    [Fact]
    public void Compare_OtherOracle_IsTheReference()
    {
        var forest = Forest.Parse(new RandomForestText().Write());
        var report = ConversionCheck.Compare(forest, OnnxConverter.Convert(forest), Few, (_, _, leaves, raw) =>
        {
            leaves.AsSpan().Fill(99);
            raw.AsSpan().Fill(double.NaN);
        });
        Assert.Equal(2_000 * 10, report.BranchDifferences);
        Assert.Contains(report.Reasons, reason => reason.Contains("raw scores differ", StringComparison.Ordinal));
    }

    [Fact]
    public void Compare_OnnxOfAnotherForest_IsRefused()
    {
        var forest = Forest.Parse(new RandomForestText().Write());
        var other = Forest.Parse(new RandomForestText { Iterations = 9 }.Write());
        var report = ConversionCheck.Compare(forest, OnnxConverter.Convert(other), Few);
        Assert.Contains("9 trees", Assert.Single(report.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_NoOnnx_IsRefused()
    {
        var forest = Forest.Parse(new RandomForestText().Write());
        Assert.False(ConversionCheck.Compare(forest, [1, 2, 3], Few).Passed);
        Assert.False(ConversionCheck.Compare(forest, [], Few).Passed);
    }

    internal static ConversionReport AssertPassed(Forest forest, OnnxPrecision precision, ConversionCheckOptions options)
    {
        var report = ConversionCheck.Compare(
            forest, OnnxConverter.Convert(forest, new() { Precision = precision }), options);
        var example = report.Examples.FirstOrDefault();
        Assert.True(report.Passed, $"{precision}: {string.Join("; ", report.Reasons)}; "
            + $"{example?.Problem} at {string.Join(' ', example?.Features ?? [])}");
        Assert.Equal(options.Rows, report.Rows);
        return report;
    }
}
