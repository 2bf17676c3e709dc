namespace BtcAgent.Chaos.Tests;

/// <summary>Percentiles in milliseconds.</summary>
public sealed record RecoveryTimes(double P50, double P99, double Max)
{
    public static RecoveryTimes Of(IReadOnlyList<double> samples)
    {
        if (samples.Count == 0)
        {
            return new(0, 0, 0);
        }

        var sorted = samples.Order().ToArray();
        return new(At(0.5), At(0.99), sorted[^1]);

        double At(double quantile) => sorted[(int)Math.Ceiling(quantile * sorted.Length) - 1];
    }
}
