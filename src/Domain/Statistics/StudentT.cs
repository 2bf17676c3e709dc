namespace BtcAgent.Domain.Statistics;

/// <summary>Student's t distribution with a whole number of degrees of freedom.</summary>
public static class StudentT
{
    private const int DegreesMax = 10_000;

    /// <summary>Probability of a value within ±<paramref name="t"/>. Source: Abramowitz, Stegun 1964, 26.7.3 and 26.7.4.</summary>
    /// <param name="t">0 or more.</param>
    /// <param name="degrees">1…10,000.</param>
    public static double Within(double t, int degrees)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(t);
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(degrees, DegreesMax);
        var angle = Math.Atan(t / Math.Sqrt(degrees));
        var (sine, cosine) = Math.SinCos(angle);
        var isOdd = degrees % 2 == 1;
        var (term, sum) = (isOdd ? cosine : 1.0, 0.0);
        for (var power = isOdd ? 1 : 0; power <= degrees - 2; power += 2)
        {
            sum += term;
            term *= cosine * cosine * (power + 1) / (power + 2);
        }

        return isOdd ? 2 / Math.PI * (angle + (sine * sum)) : sine * sum;
    }

    /// <summary>The t of which <see cref="Within"/> gives a probability.</summary>
    /// <param name="probability">0…1, exclusive.</param>
    /// <param name="degrees">1…10,000.</param>
    public static double Quantile(double probability, int degrees)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(probability, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(probability, 1);
        var (low, high) = (0.0, 1.0);
        while (Within(high, degrees) < probability)
        {
            (low, high) = (high, high * 2);
        }

        for (var middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2)
        {
            (low, high) = Within(middle, degrees) < probability ? (middle, high) : (low, middle);
        }

        return high;
    }
}
