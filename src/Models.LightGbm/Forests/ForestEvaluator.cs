using System.Collections.Immutable;

namespace BtcAgent.Models.LightGbm.Forests;

/// <summary>
/// Scores rows in double precision exactly as native LightGBM does; every other scorer is checked against it. Thread-safe.
/// </summary>
public sealed class ForestEvaluator(Forest forest)
{
    private readonly Forest _forest = forest;
    private readonly ImmutableArray<Tree> _trees = forest.Trees;

    public Forest Forest => _forest;

    /// <summary>
    /// Computes the sums of the trees' leaves. Does not average those of a random forest, as LightGBM does not.
    /// </summary>
    /// <param name="features">One row: <see cref="Forest.Features"/> values, any double.</param>
    /// <param name="raw">Receives <see cref="Forest.Outputs"/> values.</param>
    public void Raw(ReadOnlySpan<double> features, Span<double> raw)
    {
        Check(features.Length, raw.Length, _forest.Outputs);
        raw.Clear();
        for (var i = 0; i < _trees.Length; i++)
        {
            var tree = _trees[i];
            raw[i % raw.Length] += tree.LeafValues[tree.LeafOf(features)];
        }
    }

    /// <summary>Computes predictions: probabilities, expected counts or plain values, by the objective.</summary>
    /// <inheritdoc cref="Raw"/>
    public void Predict(ReadOnlySpan<double> features, Span<double> predictions)
    {
        Raw(features, predictions);
        Transform(predictions);
    }

    /// <param name="features">One row: <see cref="Forest.Features"/> values, any double.</param>
    /// <param name="leaves">Receives the leaf number of each tree.</param>
    public void Leaves(ReadOnlySpan<double> features, Span<int> leaves)
    {
        Check(features.Length, leaves.Length, _trees.Length);
        for (var i = 0; i < _trees.Length; i++)
        {
            leaves[i] = _trees[i].LeafOf(features);
        }
    }

    /// <summary>Converts the raw scores of one row into predictions, in place.</summary>
    public void Transform(Span<double> scores)
    {
        if (_forest.AveragesOutput)
        {
            foreach (ref var score in scores)
            {
                score /= _forest.Iterations;
            }
        }

        if (_forest.Transform == OutputTransform.Softmax)
        {
            Softmax(scores);
            return;
        }

        foreach (ref var score in scores)
        {
            score = _forest.Transform switch
            {
                OutputTransform.Sigmoid => 1 / (1 + Math.Exp(-_forest.Objective.Sigmoid * score)),
                OutputTransform.Exponential => Math.Exp(score),
                OutputTransform.SignedSquare => Math.Sign(score) * score * score,
                OutputTransform.SoftPlus => double.LogP1(Math.Exp(score)),
                _ => score,
            };
        }
    }

    private static void Softmax(Span<double> scores)
    {
        var greatest = scores[0];
        foreach (var score in scores)
        {
            greatest = Math.Max(greatest, score);
        }

        var sum = 0.0;
        foreach (ref var score in scores)
        {
            score = Math.Exp(score - greatest);
            sum += score;
        }

        foreach (ref var score in scores)
        {
            score /= sum;
        }
    }

    private void Check(int features, int results, int due)
    {
        if (features != _forest.Features || results != due)
        {
            throw new ArgumentException(
                $"{features} features and room for {results} results, but the model has {_forest.Features} and {due}");
        }
    }
}
