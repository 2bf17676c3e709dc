namespace BtcAgent.Research.Validation;

/// <summary>How sure a Sharpe ratio is, given the returns' shape and how many things were tried.</summary>
public static class DeflatedSharpe
{
    private const double EulerMascheroni = 0.5772156649015329;

    /// <summary>
    /// Chance that the true Sharpe ratio is above a benchmark. Source: Bailey, López de Prado 2012, eq. 7.
    /// </summary>
    /// <param name="sharpePerPeriod">Mean over standard deviation of the returns, not annualised.</param>
    /// <param name="periods">Returns it was measured on, 2 or more; fewer give NaN.</param>
    /// <param name="skewness">Third standardised moment.</param>
    /// <param name="kurtosis">Fourth standardised moment; 3 for a normal distribution.</param>
    /// <param name="benchmark">Sharpe ratio per period to beat.</param>
    public static double ProbabilisticSharpe(
        double sharpePerPeriod, int periods, double skewness, double kurtosis, double benchmark)
    {
        var variance = 1 - (skewness * sharpePerPeriod) + ((kurtosis - 1) / 4 * sharpePerPeriod * sharpePerPeriod);
        return periods < 2 || !(variance > 0)
            ? double.NaN
            : NormalDistribution.Cumulative((sharpePerPeriod - benchmark) * Math.Sqrt(periods - 1) / Math.Sqrt(variance));
    }

    /// <summary>Sharpe ratio per period that the best of so many worthless trials is expected to show.</summary>
    /// <remarks>Source: Bailey, López de Prado 2014, eq. 1.</remarks>
    public static double ExpectedMaximum(int trials, double varianceOfTrialSharpes)
    {
        if (trials < 2)
        {
            return 0;
        }

        return Math.Sqrt(varianceOfTrialSharpes)
            * (((1 - EulerMascheroni) * NormalDistribution.Quantile(1 - (1.0 / trials)))
                + (EulerMascheroni * NormalDistribution.Quantile(1 - (1 / (trials * Math.E)))));
    }

    /// <summary>Chance that the true Sharpe ratio is above what luck alone would give the best of the trials.</summary>
    public static double Deflated(
        double sharpePerPeriod, int periods, double skewness, double kurtosis, int trials, double varianceOfTrialSharpes) =>
        ProbabilisticSharpe(sharpePerPeriod, periods, skewness, kurtosis, ExpectedMaximum(trials, varianceOfTrialSharpes));
}
