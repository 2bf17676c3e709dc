using System.Collections.Immutable;
using BtcAgent.Domain.Statistics;

namespace BtcAgent.Domain.Experiments;

/// <summary>
/// One-sided group-sequential tests with O'Brien–Fleming alpha spending. Between looks the test statistic is a Brownian
/// motion in the information fraction; its density below the boundaries is integrated from look to look by Simpson's rule.
/// Sources: O'Brien, Fleming 1979; Lan, DeMets 1983; Armitage, McPherson, Rowe 1969.
/// </summary>
public static class GroupSequential
{
    /// <summary>Looks of one test.</summary>
    public const int LooksMax = 60;

    private const int Intervals = 300;
    private const double Reach = 9;

    /// <summary>Error spent up to an information fraction: 2·(1 − Φ(z(1 − α/2)/√t)).</summary>
    /// <param name="alpha">Error of the whole test, above 0 and below 1.</param>
    /// <param name="fraction">Information fraction, 0…1.</param>
    public static double Spent(double alpha, double fraction) =>
        fraction <= 0 ? 0 : 2 * NormalDistribution.Cdf(NormalDistribution.Quantile(alpha / 2) / Math.Sqrt(Math.Min(1, fraction)));

    /// <summary>Equidistant information fractions 1/n … 1.</summary>
    public static ImmutableArray<double> EvenFractions(int looks) => [.. Enumerable.Range(1, looks).Select(k => (double)k / looks)];

    /// <summary>
    /// Upper boundaries on the scale of z, one a look. A stop for futility is not counted on, so it may be overruled.
    /// </summary>
    /// <param name="alpha">Error of the whole test, above 0 and below 0.5.</param>
    /// <param name="fractions">Information fractions of the looks, ascending, the last one 1 or below.</param>
    /// <exception cref="ArgumentException">The fractions do not ascend within 0…1, or are more than <see cref="LooksMax"/>.</exception>
    public static ImmutableArray<double> Boundaries(double alpha, ImmutableArray<double> fractions)
    {
        RequireFractions(fractions);
        if (!(alpha is > 0 and < 0.5))
        {
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "takes a number above 0 and below 0.5");
        }

        var boundaries = ImmutableArray.CreateBuilder<double>(fractions.Length);
        var density = default(Density);
        for (var k = 0; k < fractions.Length; k++)
        {
            var (time, root) = (fractions[k], Math.Sqrt(fractions[k]));
            var goal = Spent(alpha, time) - (k == 0 ? 0 : Spent(alpha, fractions[k - 1]));
            var (low, high) = (-Reach, 37.0);
            for (var step = 0; step < 48; step++)
            {
                var middle = (low + high) / 2;
                (low, high) = density.CrossingAt(middle * root, time, 0) > goal ? (middle, high) : (low, middle);
            }

            boundaries.Add(high);
            density = density.Next(high * root, time, 0);
        }

        return boundaries.MoveToImmutable();
    }

    /// <summary>Probability of crossing a boundary at or before each look.</summary>
    /// <param name="boundaries">As by <see cref="Boundaries"/>.</param>
    /// <param name="fractions">Their information fractions.</param>
    /// <param name="drift">Expected z at fraction 1; 0 gives the error of the test, another one its power.</param>
    public static ImmutableArray<double> CrossingProbabilities(ImmutableArray<double> boundaries, ImmutableArray<double> fractions, double drift)
    {
        RequireFractions(fractions);
        var probabilities = ImmutableArray.CreateBuilder<double>(fractions.Length);
        var density = default(Density);
        var sum = 0.0;
        for (var k = 0; k < fractions.Length; k++)
        {
            var level = boundaries[k] * Math.Sqrt(fractions[k]);
            sum += density.CrossingAt(level, fractions[k], drift);
            probabilities.Add(sum);
            density = density.Next(level, fractions[k], drift);
        }

        return probabilities.MoveToImmutable();
    }

    /// <summary>
    /// Probability of being above the last boundary at the end, given the data so far and no opinion about the mean
    /// beforehand. Source: Spiegelhalter, Freedman, Blackburn 1986.
    /// </summary>
    /// <param name="z">The statistic now.</param>
    /// <param name="fraction">Information fraction now, above 0; at 1 the answer is 0 or 1.</param>
    /// <param name="lastBoundary">Boundary at fraction 1.</param>
    public static double PredictivePower(double z, double fraction, double lastBoundary)
    {
        var expected = z / Math.Sqrt(fraction);
        return fraction >= 1
            ? expected >= lastBoundary ? 1 : 0
            : NormalDistribution.Cdf((expected - lastBoundary) / Math.Sqrt((1 - fraction) / fraction));
    }

    private static void RequireFractions(ImmutableArray<double> fractions)
    {
        var ascend = !fractions.IsDefaultOrEmpty && fractions[0] > 0 && fractions[^1] <= 1 + 1e-12
            && Enumerable.Range(1, fractions.Length - 1).All(k => fractions[k] > fractions[k - 1]);
        if (!ascend || fractions.Length > LooksMax)
        {
            throw new ArgumentException($"1 to {LooksMax} information fractions ascend within 0…1", nameof(fractions));
        }
    }

    /// <summary>Density of the Brownian motion at a look, of the paths that have not crossed; at time 0 all are at 0.</summary>
    private readonly record struct Density(double Time, double[]? Points, double[]? Mass)
    {
        /// <summary>Probability of being above a level at a later time.</summary>
        public double CrossingAt(double level, double time, double drift)
        {
            var (step, root) = (time - Time, Math.Sqrt(time - Time));
            if (Points is null || Mass is null)
            {
                return NormalDistribution.Cdf(((drift * time) - level) / root);
            }

            var sum = 0.0;
            for (var i = 0; i < Points.Length; i++)
            {
                sum += Mass[i] * NormalDistribution.Cdf((Points[i] + (drift * step) - level) / root);
            }

            return sum;
        }

        public Density Next(double level, double time, double drift)
        {
            var (step, root, centre) = (time - Time, Math.Sqrt(time - Time), drift * time);
            var low = centre - (Reach * Math.Sqrt(time));
            var width = Math.Max(0, Math.Min(level, centre + (Reach * Math.Sqrt(time))) - low) / Intervals;
            var (points, mass) = (new double[Intervals + 1], new double[Intervals + 1]);
            for (var j = 0; j <= Intervals; j++)
            {
                points[j] = low + (j * width);
                var density = Points is null || Mass is null
                    ? NormalDistribution.Density((points[j] - centre) / root) / root
                    : From(points[j] - (drift * step), root);
                mass[j] = density * width / 3 * (j is 0 or Intervals ? 1 : j % 2 == 1 ? 4 : 2);
            }

            return new(time, points, mass);
        }

        private double From(double point, double root)
        {
            var sum = 0.0;
            for (var i = 0; i < Points!.Length; i++)
            {
                var distance = (point - Points[i]) / root;
                sum += Math.Abs(distance) > 12 ? 0 : Mass![i] * NormalDistribution.Density(distance);
            }

            return sum / root;
        }
    }
}
