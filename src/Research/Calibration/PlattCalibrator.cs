using BtcAgent.Domain.Models;

namespace BtcAgent.Research.Calibration;

/// <summary>
/// Fits a logistic curve by Newton's method with backtracking. Source: Lin, Lin, Weng 2007, with Platt's smoothed targets.
/// </summary>
public static class PlattCalibrator
{
    private const int IterationsMax = 100;
    private const double StepMin = 1e-10;
    private const double Ridge = 1e-12;
    private const double GradientMin = 1e-5;

    /// <param name="raw">Raw scores.</param>
    /// <param name="outcomes">1 or 0 each.</param>
    /// <exception cref="ArgumentException">No rows, or lengths that don't fit.</exception>
    public static CalibrationCurve Fit(ReadOnlySpan<double> raw, ReadOnlySpan<float> outcomes)
    {
        if (raw.Length == 0 || raw.Length != outcomes.Length)
        {
            throw new ArgumentException($"{raw.Length} scores and {outcomes.Length} outcomes cannot be calibrated");
        }

        var positives = 0;
        foreach (var outcome in outcomes)
        {
            positives += outcome > 0.5f ? 1 : 0;
        }

        var high = (positives + 1.0) / (positives + 2);
        var low = 1.0 / (raw.Length - positives + 2);
        var (a, b) = (0.0, Math.Log((raw.Length - positives + 1.0) / (positives + 1)));
        var loss = Loss(raw, outcomes, high, low, a, b);
        for (var iteration = 0; iteration < IterationsMax; iteration++)
        {
            var (g1, g2, h11, h21, h22) = Derivatives(raw, outcomes, high, low, a, b);
            if (Math.Abs(g1) < GradientMin && Math.Abs(g2) < GradientMin)
            {
                break;
            }

            var determinant = (h11 * h22) - (h21 * h21);
            var da = -((h22 * g1) - (h21 * g2)) / determinant;
            var db = -((h11 * g2) - (h21 * g1)) / determinant;
            var slope = (g1 * da) + (g2 * db);
            var step = 1.0;
            while (step >= StepMin)
            {
                var next = Loss(raw, outcomes, high, low, a + (step * da), b + (step * db));
                if (next < loss + (1e-4 * step * slope))
                {
                    (a, b, loss) = (a + (step * da), b + (step * db), next);
                    break;
                }

                step /= 2;
            }

            if (step < StepMin)
            {
                break;
            }
        }

        return CalibrationCurve.Logistic(a, b);
    }

    private static double Loss(
        ReadOnlySpan<double> raw, ReadOnlySpan<float> outcomes, double high, double low, double a, double b)
    {
        var sum = 0.0;
        for (var i = 0; i < raw.Length; i++)
        {
            var target = outcomes[i] > 0.5f ? high : low;
            var f = (raw[i] * a) + b;
            sum += f >= 0 ? (target * f) + Math.Log(1 + Math.Exp(-f)) : ((target - 1) * f) + Math.Log(1 + Math.Exp(f));
        }

        return sum;
    }

    private static (double G1, double G2, double H11, double H21, double H22) Derivatives(
        ReadOnlySpan<double> raw, ReadOnlySpan<float> outcomes, double high, double low, double a, double b)
    {
        var (g1, g2, h11, h21, h22) = (0.0, 0.0, Ridge, 0.0, Ridge);
        for (var i = 0; i < raw.Length; i++)
        {
            var p = 1 / (1 + Math.Exp((raw[i] * a) + b));
            var d1 = (outcomes[i] > 0.5f ? high : low) - p;
            var d2 = p * (1 - p);
            h11 += raw[i] * raw[i] * d2;
            h22 += d2;
            h21 += raw[i] * d2;
            g1 += raw[i] * d1;
            g2 += d1;
        }

        return (g1, g2, h11, h21, h22);
    }
}
