using BtcAgent.Research.Optimization.Spaces;

namespace BtcAgent.Research.Optimization.Samplers;

/// <summary>
/// Density of a group of points: one kernel per point, and one over the whole space. A kernel is a product over the parameters,
/// so a draw takes all of them from one kernel. Where the kernel's point lacks a parameter that is active in the draw, this
/// parameter comes from a kernel that has it, chosen by weight; the density is that of these draws.
/// </summary>
/// <remarks>The 25 newest points weigh 1; older ones less, down to 1/n in a straight line for the first, as in Optuna.</remarks>
internal sealed class ParzenMixture
{
    private const int FullWeights = 25;

    private readonly SearchSpace _space;
    private readonly double[] _weights;
    private readonly Dictionary<string, ParzenAxis> _axes;

    /// <param name="space">Space of the points.</param>
    /// <param name="points">In the order of the trials; may be empty.</param>
    /// <param name="priorWeight">Weight of the kernel over the whole space.</param>
    internal ParzenMixture(SearchSpace space, IReadOnlyList<ParameterPoint> points, double priorWeight)
    {
        _space = space;
        _weights = Weights(points.Count, priorWeight);
        _axes = space.Parameters.ToDictionary(p => p.Name, p => ParzenAxis.Of(p, points, space.Parameters.Length, priorWeight), StringComparer.Ordinal);
    }

    internal ParameterPoint Draw(TrialRandom random)
    {
        var kernel = Pick(random, _ => true);
        return _space.Choose(parameter =>
        {
            var axis = _axes[parameter.Name];
            return axis.Draw(axis.Has(kernel) ? kernel : Pick(random, axis.Has), random);
        });
    }

    /// <summary>Natural logarithm of the density; discrete parameters contribute their probability.</summary>
    internal double LogDensity(ParameterPoint point)
    {
        var total = new double[_weights.Length];
        var one = new double[_weights.Length];
        foreach (var parameter in _space.Active(point))
        {
            var axis = _axes[parameter.Name];
            axis.LogDensities(point[parameter.Name], one);
            var missing = axis.IsComplete ? 0 : LogMean(one, axis.Has);
            for (var kernel = 0; kernel < total.Length; kernel++)
            {
                total[kernel] += axis.Has(kernel) ? one[kernel] : missing;
            }
        }

        return LogMean(total, _ => true);
    }

    private static double[] Weights(int count, double priorWeight)
    {
        var weights = new double[count + 1];
        var older = count - FullWeights;
        for (var i = 0; i < count; i++)
        {
            weights[i] = i >= older || older == 1 ? 1 : (1.0 / count) + (i * (1 - (1.0 / count)) / (older - 1));
        }

        if (older == 1)
        {
            weights[0] = 1.0 / count;
        }

        weights[count] = priorWeight;
        return weights;
    }

    private int Pick(TrialRandom random, Predicate<int> isCandidate)
    {
        var sum = 0.0;
        for (var kernel = 0; kernel < _weights.Length; kernel++)
        {
            sum += isCandidate(kernel) ? _weights[kernel] : 0;
        }

        var left = random.NextUnit() * sum;
        for (var kernel = 0; kernel < _weights.Length - 1; kernel++)
        {
            if (isCandidate(kernel) && (left -= _weights[kernel]) < 0)
            {
                return kernel;
            }
        }

        // The last kernel covers the whole space and has every parameter.
        return _weights.Length - 1;
    }

    /// <summary>Logarithm of the weighted mean of exponentials.</summary>
    private double LogMean(double[] logs, Predicate<int> isMember)
    {
        var max = double.NegativeInfinity;
        for (var kernel = 0; kernel < logs.Length; kernel++)
        {
            max = isMember(kernel) ? Math.Max(max, logs[kernel]) : max;
        }

        if (double.IsNegativeInfinity(max))
        {
            return max;
        }

        var (sum, weight) = (0.0, 0.0);
        for (var kernel = 0; kernel < logs.Length; kernel++)
        {
            if (isMember(kernel))
            {
                sum += _weights[kernel] * Math.Exp(logs[kernel] - max);
                weight += _weights[kernel];
            }
        }

        return max + Math.Log(sum / weight);
    }
}
