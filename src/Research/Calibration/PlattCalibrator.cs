using BtcAgent.Domain.Models;

namespace BtcAgent.Research.Calibration;

/// <summary>
/// Fits the sigmoid 1 / (1 + exp(A·score + B)) of maximum likelihood, with Platt's softened targets, by Newton's method
/// with backtracking. Source: Lin, Lin, Weng, A note on Platt's probabilistic outputs for support vector machines, 2007.
/// <para>
/// The curve never falls: calibration keeps the order of the scores (Platt 1999; Zadrozny, Elkan 2002), and a falling one would
/// trade each of them the wrong way round because of chance in the rows that it was fitted on. The loss is convex, so if its
/// minimum has a falling curve, the best of the others is the constant one: the base rate.
/// </para>
/// </summary>
public static class PlattCalibrator
{
    private const int MaxSteps = 100;
    private const double MinStep = 1e-10;
    private const double Ridge = 1e-12;
    private const double Tolerance = 1e-8;

    /// <param name="scores">Raw scores, preferably log-odds.</param>
    /// <param name="outcomes">True where the event happened.</param>
    /// <param name="weights">At least 0; empty for equal weights.</param>
    /// <exception cref="ArgumentException">There are no rows, all weights are zero, or values are invalid.</exception>
    public static CalibrationCurve Fit(
        ReadOnlySpan<double> scores, ReadOnlySpan<bool> outcomes, ReadOnlySpan<double> weights = default)
    {
        CalibrationSample.Check(scores, outcomes, weights);
        var (targets, total, b) = Targets(outcomes, weights);
        double a = 0, value = Loss(scores, targets, weights, a, b);
        for (var iteration = 0; iteration < MaxSteps; iteration++)
        {
            var (gradientA, gradientB, aa, bb, ab) = Derivatives(scores, targets, weights, a, b);
            if (Math.Max(Math.Abs(gradientA), Math.Abs(gradientB)) < Tolerance * total)
            {
                break;
            }

            var determinant = (aa * bb) - (ab * ab);
            var stepA = -((bb * gradientA) - (ab * gradientB)) / determinant;
            var stepB = -((aa * gradientB) - (ab * gradientA)) / determinant;
            var slope = (gradientA * stepA) + (gradientB * stepB);
            var size = 1.0;
            for (; size >= MinStep; size /= 2)
            {
                var next = Loss(scores, targets, weights, a + (size * stepA), b + (size * stepB));
                if (next < value + (1e-4 * size * slope))
                {
                    (a, b, value) = (a + (size * stepA), b + (size * stepB), next);
                    break;
                }
            }

            if (size < MinStep)
            {
                break;
            }
        }

        return a <= 0
            ? new CalibrationCurve { Kind = CalibrationKind.Platt, A = a, B = b }
            : new CalibrationCurve { Kind = CalibrationKind.Platt, A = 0, B = BaseRate(targets, weights) };
    }

    /// <summary>Offset of the constant curve of maximum likelihood: the log-odds of the mean target, negated.</summary>
    private static double BaseRate(double[] targets, ReadOnlySpan<double> weights)
    {
        double sum = 0, total = 0;
        for (var i = 0; i < targets.Length; i++)
        {
            var weight = weights.IsEmpty ? 1 : weights[i];
            (sum, total) = (sum + (weight * targets[i]), total + weight);
        }

        return Math.Log((total - sum) / sum);
    }

    private static (double[] Targets, double Total, double B) Targets(ReadOnlySpan<bool> outcomes, ReadOnlySpan<double> weights)
    {
        double positive = 0, negative = 0;
        for (var i = 0; i < outcomes.Length; i++)
        {
            var weight = weights.IsEmpty ? 1 : weights[i];
            positive += outcomes[i] ? weight : 0;
            negative += outcomes[i] ? 0 : weight;
        }

        if (positive + negative == 0)
        {
            throw new ArgumentException("all weights are zero", nameof(weights));
        }

        var (high, low) = ((positive + 1) / (positive + 2), 1 / (negative + 2));
        var targets = new double[outcomes.Length];
        for (var i = 0; i < targets.Length; i++)
        {
            targets[i] = outcomes[i] ? high : low;
        }

        return (targets, positive + negative, Math.Log((negative + 1) / (positive + 1)));
    }

    private static double Loss(
        ReadOnlySpan<double> scores, double[] targets, ReadOnlySpan<double> weights, double a, double b)
    {
        var sum = 0.0;
        for (var i = 0; i < targets.Length; i++)
        {
            var f = (scores[i] * a) + b;
            var loss = f >= 0
                ? (targets[i] * f) + Math.Log(1 + Math.Exp(-f))
                : ((targets[i] - 1) * f) + Math.Log(1 + Math.Exp(f));
            sum += weights.IsEmpty ? loss : weights[i] * loss;
        }

        return sum;
    }

    private static (double A, double B, double AA, double BB, double AB) Derivatives(
        ReadOnlySpan<double> scores, double[] targets, ReadOnlySpan<double> weights, double a, double b)
    {
        double gradientA = 0, gradientB = 0, aa = Ridge, bb = Ridge, ab = 0;
        for (var i = 0; i < targets.Length; i++)
        {
            var f = (scores[i] * a) + b;
            var small = Math.Exp(-Math.Abs(f));
            var (p, q) = f >= 0 ? (small / (1 + small), 1 / (1 + small)) : (1 / (1 + small), small / (1 + small));
            var weight = weights.IsEmpty ? 1 : weights[i];
            var curvature = weight * p * q;
            var residual = weight * (targets[i] - p);
            aa += scores[i] * scores[i] * curvature;
            bb += curvature;
            ab += scores[i] * curvature;
            gradientA += scores[i] * residual;
            gradientB += residual;
        }

        return (gradientA, gradientB, aa, bb, ab);
    }
}
