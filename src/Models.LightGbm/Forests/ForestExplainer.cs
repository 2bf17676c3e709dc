using BtcAgent.Domain.Models;

namespace BtcAgent.Models.LightGbm.Forests;

/// <summary>
/// Computes each feature's contribution to a row's raw score, as native LightGBM does, but in managed code: in a trading
/// process an untrusted model text never reaches native code. Thread-safe. Source: path-dependent TreeSHAP, Lundberg,
/// Erion, Lee 2018, algorithm 2.
/// </summary>
public sealed class ForestExplainer(Forest forest)
{
    /// <param name="features">One row: <see cref="Forest.Features"/> values.</param>
    /// <param name="output">Index of the raw score, from 0.</param>
    /// <exception cref="ArgumentException">The number of values differs from the number of features.</exception>
    /// <exception cref="ModelRefusedException">The text does not contain the number of rows at each node.</exception>
    public ModelExplanation Explain(ReadOnlySpan<float> features, int output = 0)
    {
        if (features.Length != forest.Features)
        {
            throw new ArgumentException($"{features.Length} values for {forest.Features} features");
        }

        var row = new double[features.Length];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = features[i];
        }

        var contributions = new double[row.Length];
        var baseline = 0.0;
        for (var i = output; i < forest.Trees.Length; i += forest.Outputs)
        {
            var tree = forest.Trees[i];
            if (tree.Splits.IsEmpty)
            {
                baseline += tree.LeafValues[0];
                continue;
            }

            CheckRows(tree, i);
            for (var leaf = 0; leaf < tree.LeafValues.Length; leaf++)
            {
                baseline += tree.LeafRows[leaf] / tree.SplitRows[0] * tree.LeafValues[leaf];
            }

            new TreeShap(tree, row, contributions).Add();
        }

        return new ModelExplanation(baseline, [.. contributions], baseline + contributions.Sum());
    }

    private static void CheckRows(Tree tree, int number)
    {
        if (tree.SplitRows.IsEmpty || tree.LeafRows.IsEmpty || tree.SplitRows.Any(rows => rows <= 0) || tree.LeafRows.Any(rows => rows <= 0))
        {
            throw new ModelRefusedException(
                $"tree {number} does not contain the number of rows at each node (internal_count, leaf_count): its scores cannot be explained");
        }
    }
}
