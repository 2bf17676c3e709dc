using BtcAgent.Research.Optimization.Samplers;

namespace BtcAgent.Research.Optimization.Landscapes;

/// <summary>
/// A regression tree over the unit cube, grown on a bootstrap sample: each leaf is a box with a mean. Each split considers five
/// sixths of the dimensions, rounded up, and takes the one that reduces the squared error most.
/// </summary>
internal sealed class EffectTree
{
    private const int LeafMin = 3;

    private readonly List<(double[] Low, double[] High, double Mean)> _leaves = [];
    private readonly int _dimensions;

    private EffectTree(int dimensions) => _dimensions = dimensions;

    /// <param name="places">Per row its place in the unit cube.</param>
    /// <param name="values">Per row its value.</param>
    /// <param name="random">Draws rows and dimensions.</param>
    internal static EffectTree Grow(double[][] places, double[] values, TrialRandom random)
    {
        var dimensions = places[0].Length;
        var tree = new EffectTree(dimensions);
        int[] rows = [.. places.Select(_ => random.NextBelow(places.Length))];
        var (low, high) = (new double[dimensions], new double[dimensions]);
        Array.Fill(high, 1);
        tree.Split(places, values, rows, low, high, random);
        return tree;
    }

    /// <summary>Per dimension the variance of the mean over all others.</summary>
    internal double[] MainEffects()
    {
        var mean = _leaves.Sum(leaf => leaf.Mean * Volume(leaf.Low, leaf.High, -1));
        return [.. Enumerable.Range(0, _dimensions).Select(d => MainEffect(d, mean))];
    }

    private static double Volume(double[] low, double[] high, int without)
    {
        var volume = 1.0;
        for (var d = 0; d < low.Length; d++)
        {
            volume *= d == without ? 1 : high[d] - low[d];
        }

        return volume;
    }

    private double MainEffect(int dimension, double mean)
    {
        var bounds = _leaves.SelectMany(leaf => new[] { leaf.Low[dimension], leaf.High[dimension] }).Distinct().Order().ToArray();
        var variance = 0.0;
        for (var i = 0; i + 1 < bounds.Length; i++)
        {
            var marginal = 0.0;
            foreach (var (low, high, value) in _leaves)
            {
                marginal += low[dimension] <= bounds[i] && bounds[i + 1] <= high[dimension] ? value * Volume(low, high, dimension) : 0;
            }

            variance += (bounds[i + 1] - bounds[i]) * (marginal - mean) * (marginal - mean);
        }

        return variance;
    }

    private void Split(double[][] places, double[] values, int[] rows, double[] low, double[] high, TrialRandom random)
    {
        var order = Enumerable.Range(0, _dimensions).ToArray();
        random.Shuffle(order.AsSpan());
        var (bestGain, bestDimension, bestAt) = (0.0, -1, 0.0);
        foreach (var dimension in order.Take(((5 * _dimensions) + 5) / 6))
        {
            var (gain, at) = BestSplit(places, values, rows, dimension);
            if (gain > bestGain)
            {
                (bestGain, bestDimension, bestAt) = (gain, dimension, at);
            }
        }

        if (bestDimension < 0)
        {
            _leaves.Add((low, high, rows.Average(row => values[row])));
            return;
        }

        var (highOfLeft, lowOfRight) = ((double[])high.Clone(), (double[])low.Clone());
        (highOfLeft[bestDimension], lowOfRight[bestDimension]) = (bestAt, bestAt);
        Split(places, values, [.. rows.Where(row => places[row][bestDimension] <= bestAt)], low, highOfLeft, random);
        Split(places, values, [.. rows.Where(row => places[row][bestDimension] > bestAt)], lowOfRight, high, random);
    }

    /// <summary>The reduction of the squared error, and the middle between the two places that are parted.</summary>
    private static (double Gain, double At) BestSplit(double[][] places, double[] values, int[] rows, int dimension)
    {
        int[] sorted = [.. rows.OrderBy(row => places[row][dimension]).ThenBy(row => row)];
        var mean = sorted.Average(row => values[row]);
        var (left, best, at) = (0.0, 0.0, 0.0);
        for (var i = 1; i < sorted.Length; i++)
        {
            // Sums of deviations: the gain does not suffer from a large mean.
            left += values[sorted[i - 1]] - mean;
            var (before, after) = (places[sorted[i - 1]][dimension], places[sorted[i]][dimension]);
            if (i < LeafMin || sorted.Length - i < LeafMin || before == after)
            {
                continue;
            }

            var gain = left * left * ((1.0 / i) + (1.0 / (sorted.Length - i)));
            // Differences of equal values are rounding, not an effect.
            if (gain > best && gain > 1e-24 * ((mean * mean) + 1e-300) * sorted.Length)
            {
                (best, at) = (gain, before + ((after - before) / 2));
            }
        }

        return (best, at);
    }
}
