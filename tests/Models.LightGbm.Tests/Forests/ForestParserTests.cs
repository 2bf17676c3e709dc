using BtcAgent.Models.LightGbm.Forests;
using CsCheck;

namespace BtcAgent.Models.LightGbm.Tests.Forests;

public sealed class ForestParserTests
{
    private static readonly string Text =
        new RandomForestText { Iterations = 2, Leaves = 4, Features = 3, CategoricalFrom = 2, Seed = 5 }.Write();

    public static TheoryData<string> Recorded => [.. RecordedForest.All];

    [Theory, MemberData(nameof(Recorded))]
    public void Parse_RecordedModel_IsRead(string model)
    {
        var forest = RecordedForest.Parse(model);
        Assert.NotEmpty(forest.Trees);
        Assert.Equal(forest.Features, forest.FeatureRanges.Length);
    }

    [Theory]
    [InlineData("tree_1leaf.txt", 1)]
    [InlineData("tree_2leaves.txt", 2)]
    [InlineData("tree_3leaves.txt", 3)]
    public void Parse_RecordedTreeUnderAHeader_IsRead(string name, int leaves)
    {
        var tree = RecordedForest.ReadText(name).Replace("Tree=2236", "Tree=0", StringComparison.Ordinal);
        var forest = Forest.Parse("tree\nversion=v2\nnum_class=1\nnum_tree_per_iteration=1\nmax_feature_idx=1\n"
            + "feature_names=a b\n\n" + tree + "\n\nend of trees\n");
        Assert.Equal(leaves, Assert.Single(forest.Trees).LeafValues.Length);
    }

    [Theory]
    [InlineData("lg_1tree.json")]
    [InlineData("lg_1tree_1leaf.json")]
    [InlineData("lg_dart_breast_cancer.json")]
    public void Parse_JsonDump_SaysToSaveAsText(string name) => Refused(RecordedForest.ReadText(name), "JSON dump");

    [Fact]
    public void Parse_WindowsLineEnds_IsRead() =>
        Assert.Equal(2, Forest.Parse(Text.Replace("\n", "\r\n", StringComparison.Ordinal)).Trees.Length);

    [Fact]
    public void Parse_ParserSectionAfterTheParameters_IsRead() =>
        Assert.Equal(2, Forest.Parse(Text.Replace("pandas_", "parser:\n{\"x\":1}\nend of parser\n\npandas_", StringComparison.Ordinal)).Trees.Length);

    [Theory]
    [InlineData("inf")]
    [InlineData("-inf")]
    public void Parse_SplitGainIsInfinite_IsReadAsTheSameTrees(string gain)
    {
        var text = new RandomForestText { Iterations = 1, Leaves = 4, Features = 3 }.Write();
        var lines = text.Split('\n').Where(line => !line.StartsWith("tree_sizes=", StringComparison.Ordinal)).ToArray();
        var plain = Forest.Parse(string.Join('\n', lines));
        var at = Array.FindIndex(lines, line => line.StartsWith("split_gain=", StringComparison.Ordinal));
        lines[at] = $"split_gain={gain} 1 2";
        var infinite = Forest.Parse(string.Join('\n', lines));
        Assert.Equal(plain.Trees[0].Splits, infinite.Trees[0].Splits);
        Assert.Equal(plain.Trees[0].LeafValues, infinite.Trees[0].LeafValues);
    }

    [Fact]
    public void Parse_HeaderAndRanges_AreKept()
    {
        var forest = Forest.Parse(Text);
        Assert.Equal(["f0", "f1", "f2"], forest.FeatureNames);
        Assert.Equal(("binary", OutputTransform.Sigmoid), (forest.Objective.Name, forest.Transform));
        Assert.Equal((-3, 3), (forest.FeatureRanges[0].Minimum, forest.FeatureRanges[1].Maximum));
        Assert.Equal([0, 1, 2, 3, 40], forest.FeatureRanges[2].Categories);
    }

    [Theory]
    [InlineData("version=v4", "version=v5", "not v2, v3 or v4")]
    [InlineData("tree\n", "trees\n", "first line must be 'tree'")]
    [InlineData("objective=binary", "objective=binaries", "is not known")]
    [InlineData("objective=binary sigmoid:1", "objective=binary sigmoid:0", "not a number over 0")]
    [InlineData("max_feature_idx=2", "max_feature_idx=3", "max_feature_idx says otherwise")]
    [InlineData("label_index=0", "label_index=0\nlabel_index=0", "occurs twice")]
    [InlineData("f0 f1", "f1 f1", "a name occurs twice")]
    [InlineData("label_index=0", "new_key=0", "'new_key' is not known")]
    [InlineData("[-3:3] [-3:3]", "[-3:3]", "2 ranges for 3 features")]
    [InlineData("[-3:3]", "[3:-3]", "is not a range")]
    [InlineData("Tree=1", "Tree=2", "'Tree=1' is expected")]
    [InlineData("is_linear=0", "is_linear=1", "linear_tree=false")]
    [InlineData("num_leaves=4", "num_leaves=5", "values, expected 4")]
    [InlineData("num_leaves=4", "num_leaves=0", "not a whole number from 1")]
    [InlineData("num_class=1", "num_class=2", "but num_class=2")]
    [InlineData("end of parameters", "", "parameters have no end")]
    [InlineData("pandas_categorical:null", "parser:\n{}", "the parser's settings have no end")]
    [InlineData("end of trees", "end of rubbish", "'Tree=2' is expected")]
    [InlineData("pandas_categorical:null", "rubbish", "not LightGBM's")]
    [InlineData("shrinkage=0.1\n", "shrinkage=0.10\n", "tree_sizes")]
    public void Parse_DamagedText_IsRefusedWithTheReason(string old, string damaged, string reason)
    {
        Assert.Contains(old, Text, StringComparison.Ordinal);
        Refused(Text.Replace(old, damaged, StringComparison.Ordinal), reason);
    }

    [Theory]
    [InlineData("split_feature", "9 0 1", "not one of 3 features")]
    [InlineData("threshold", "nan 0 0", "not a finite number")]
    [InlineData("decision_type", "0 0 16", "is not known")]
    [InlineData("decision_type", "0 0 12", "is not known")]
    [InlineData("decision_type", "1 1 1", "category sets")]
    [InlineData("left_child", "1 2 7", "out of range")]
    [InlineData("left_child", "1 2 0", "reached twice")]
    [InlineData("left_child", "-1 2 1", "")]
    [InlineData("leaf_value", "0 0 0 inf", "not a finite number")]
    [InlineData("split_gain", "much 0 0", "not a finite number")]
    [InlineData("leaf_value", "0 0 0", "3 values, expected 4")]
    public void Parse_DamagedTree_IsRefusedWithTheLine(string key, string values, string reason)
    {
        var lines = new RandomForestText { Iterations = 1, Leaves = 4, Features = 3 }.Write().Split('\n');
        var at = Array.FindIndex(lines, line => line.StartsWith(key + "=", StringComparison.Ordinal));
        lines[at] = $"{key}={values}";
        var refused = Refused(string.Join('\n', lines), reason);
        Assert.True(refused.Line > 0, refused.Message);
    }

    [Fact]
    public void Parse_TextCutAnywhereInTheTrees_IsRefused()
    {
        var end = Text.IndexOf("end of trees", StringComparison.Ordinal) + "end of trees".Length;
        for (var length = 0; length < end; length++)
        {
            Assert.Throws<ModelFormatException>(() => Forest.Parse(Text[..length]));
        }
    }

    // The parser either refuses a damaged file or reads it completely.
    [Fact]
    public void Parse_AnyCharacterChanged_NeverFailsOtherwise() =>
        Gen.Select(Gen.Int[0, Text.Length - 1], Gen.Char[' ', '~'], Gen.Int[0, 3]).Sample(
            (at, character, deleted) =>
            {
                var damaged = Text[..at] + character + Text[Math.Min(Text.Length, at + deleted)..];
                try
                {
                    return Forest.Parse(damaged).Trees.Length == 2;
                }
                catch (ModelFormatException refused)
                {
                    return refused.Message.Length > 0;
                }
            },
            iter: 3_000);

    private static ModelFormatException Refused(string text, string reason)
    {
        var refused = Assert.Throws<ModelFormatException>(() => Forest.Parse(text));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        return refused;
    }
}
