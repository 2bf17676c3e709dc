namespace BtcAgent.Research.Validation;

/// <summary>
/// Probability that a Sharpe ratio is real, given its length, its tails and the number of trials. All ratios are per
/// period, not annualised. Sources: Bailey, López de Prado, The Sharpe Ratio Efficient Frontier, 2012; The Deflated Sharpe
/// Ratio, 2014.
/// </summary>
public static class DeflatedSharpe
{
    private const double EulerMascheroni = 0.57721566490153286061;

    /// <summary>Probability that the true Sharpe ratio is above the benchmark; NaN where undefined.</summary>
    /// <param name="sharpePerPeriod">Mean over standard deviation of the returns of one period.</param>
    /// <param name="periods">Returns observed, at least 2.</param>
    /// <param name="skewness">Third standardised moment of the returns.</param>
    /// <param name="kurtosis">Fourth standardised moment, 3 for the normal distribution (not the excess).</param>
    /// <param name="benchmark">Sharpe ratio to beat, per period.</param>
    public static double ProbabilisticSharpe(
        double sharpePerPeriod, int periods, double skewness, double kurtosis, double benchmark)
    {
        var variance = VarianceTerm(sharpePerPeriod, skewness, kurtosis);
        return periods < 2 || !(variance > 0)
            ? double.NaN
            : NormalDistribution.Cdf((sharpePerPeriod - benchmark) * Math.Sqrt(periods - 1) / Math.Sqrt(variance));
    }

    /// <summary>Expected maximum Sharpe ratio of independent trials without skill; 0 for one trial.</summary>
    /// <param name="trials">Independent trials, at least 1.</param>
    /// <param name="varianceOfTrialSharpes">Variance of the Sharpe ratios over the trials, per period.</param>
    public static double ExpectedMaximum(int trials, double varianceOfTrialSharpes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(varianceOfTrialSharpes);
        return trials == 1
            ? 0
            : Math.Sqrt(varianceOfTrialSharpes)
                * (((1 - EulerMascheroni) * NormalDistribution.Quantile(1 - (1.0 / trials)))
                    + (EulerMascheroni * NormalDistribution.Quantile(1 - (1.0 / (trials * Math.E)))));
    }

    /// <summary>
    /// Expected maximum Sharpe ratio of independent trials without skill, whose estimates vary only by sampling: the variance of
    /// the estimate of a Sharpe ratio of 0 is 1 / (n − 1) (Lo 2002; Mertens 2002, where the terms of skewness and kurtosis vanish
    /// at 0).
    /// </summary>
    /// <param name="trials">Independent trials, at least 1.</param>
    /// <param name="periods">Returns observed by each.</param>
    public static double ExpectedMaximumBySampling(int trials, int periods) =>
        periods < 2 ? double.NaN : ExpectedMaximum(trials, 1.0 / (periods - 1));

    /// <summary>
    /// Number of returns from which the deflated Sharpe ratio reaches a confidence: the minimum track record length against
    /// <see cref="ExpectedMaximumBySampling"/>, for one trial the published one against 0. Infinite for a ratio of 0 or below.
    /// </summary>
    /// <param name="sharpePerPeriod">Sharpe ratio of the chosen trial.</param>
    /// <param name="skewness">Third standardised moment of its returns.</param>
    /// <param name="kurtosis">Fourth standardised moment, 3 for the normal distribution.</param>
    /// <param name="trials">Independent trials, at least 1.</param>
    /// <param name="confidence">Probability to reach, above ½ and below 1.</param>
    public static double MinimumTrack(double sharpePerPeriod, double skewness, double kurtosis, int trials, double confidence)
    {
        if (!(sharpePerPeriod > 0))
        {
            return double.PositiveInfinity;
        }

        var errors = ExpectedMaximum(trials, 1)
            + (NormalDistribution.Quantile(confidence) * Math.Sqrt(VarianceTerm(sharpePerPeriod, skewness, kurtosis)));
        return 1 + (errors / sharpePerPeriod * (errors / sharpePerPeriod));
    }

    /// <summary>
    /// Probability that the true Sharpe ratio of the best of several trials is above zero: the probabilistic Sharpe ratio
    /// against <see cref="ExpectedMaximum"/>.
    /// </summary>
    /// <param name="sharpePerPeriod">Sharpe ratio of the chosen trial.</param>
    /// <param name="periods">Returns observed, at least 2.</param>
    /// <param name="skew">Third standardised moment of its returns.</param>
    /// <param name="kurtosis">Fourth standardised moment, 3 for the normal distribution.</param>
    /// <param name="trials">Independent trials, at least 1.</param>
    /// <param name="varianceOfTrialSharpes">Variance of the Sharpe ratios over the trials, per period.</param>
    public static double Deflated(
        double sharpePerPeriod, int periods, double skew, double kurtosis, int trials, double varianceOfTrialSharpes) =>
        ProbabilisticSharpe(sharpePerPeriod, periods, skew, kurtosis, ExpectedMaximum(trials, varianceOfTrialSharpes));

    /// <summary>Variance of the estimate of a Sharpe ratio, times n − 1.</summary>
    private static double VarianceTerm(double sharpe, double skewness, double kurtosis) =>
        1 - (skewness * sharpe) + ((kurtosis - 1) / 4 * sharpe * sharpe);
}
