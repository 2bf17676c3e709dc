using BtcAgent.Research.Validation;

namespace BtcAgent.Research.Optimization.Selection;

/// <summary>Figures of a selection; NaN where undefined.</summary>
/// <param name="IndependentTrials">Effective number of independent trials.</param>
/// <param name="Sharpe">The winner's annual Sharpe ratio over all test windows of the search.</param>
/// <param name="DeflatedSharpe">Probability that it is above that of the best of the independent trials without skill.</param>
/// <param name="Luck">Probability that the best of as many independent trials without skill looks at least this good.</param>
/// <param name="Overfitting">
/// Combinatorially symmetric cross-validation of the choice among the independent trials; null with fewer than two, or too few periods.
/// </param>
/// <param name="OverfittingOfAll">The same probability over all trials, where near copies compete with each other.</param>
/// <param name="AgainstCash">Hansen's test against not trading; null with too few periods.</param>
/// <param name="AgainstHolding">Hansen's test against buying and holding; null with too few periods.</param>
/// <param name="Periods">Periods of the track in the search's test windows.</param>
/// <param name="MinimumTrack">Periods that are needed.</param>
/// <param name="UntouchedSharpe">Annual Sharpe ratio in the untouched window.</param>
/// <param name="UntouchedBound">Lower confidence bound of the return a year in the untouched window, not compounded.</param>
/// <param name="BoundConfidence">Confidence of the bound, corrected for the number of looks.</param>
public sealed record SelectionFigures(
    int IndependentTrials,
    double Sharpe,
    double DeflatedSharpe,
    double Luck,
    BacktestOverfitting? Overfitting,
    double OverfittingOfAll,
    SuperiorAbility? AgainstCash,
    SuperiorAbility? AgainstHolding,
    int Periods,
    double MinimumTrack,
    double UntouchedSharpe,
    double UntouchedBound,
    double BoundConfidence)
{
    /// <param name="evidence">The search.</param>
    /// <param name="limits">Confidence, replications and seed.</param>
    public static SelectionFigures Of(SelectionEvidence evidence, SelectionLimits limits)
    {
        var trials = evidence.TrialReturns;
        var winner = trials[evidence.Winner];
        var clusters = Validation.IndependentTrials.Clusters(trials);
        var independent = Math.Max(1, clusters.Count);
        var isDispersed = Metrics.ReturnStatistics.IsDispersed(winner);
        var sharpe = Metrics.ReturnStatistics.Sharpe(winner, 1);
        var skewness = isDispersed ? Metrics.ReturnStatistics.Skewness(winner) : double.NaN;
        var kurtosis = isDispersed ? Metrics.ReturnStatistics.Kurtosis(winner) : double.NaN;
        var alone = Validation.DeflatedSharpe.ProbabilisticSharpe(sharpe, winner.Length, skewness, kurtosis, 0);
        var untouched = evidence.Untouched;
        var confidence = 1 - ((1 - limits.Confidence) / Math.Max(1, untouched?.Looks ?? 1));
        return new SelectionFigures(
            independent,
            sharpe * Math.Sqrt(evidence.Period.PerYear),
            Validation.DeflatedSharpe.ProbabilisticSharpe(
                sharpe, winner.Length, skewness, kurtosis, Validation.DeflatedSharpe.ExpectedMaximumBySampling(independent, winner.Length)),
            1 - Math.Pow(alone, independent),
            Overfit([.. clusters.Select(c => Mean(c, trials))]),
            Overfit(trials)?.Probability ?? double.NaN,
            Ability(trials, limits),
            Ability(SuperiorAbility.Excess(trials, evidence.BuyAndHold), limits),
            winner.Length,
            isDispersed
                ? Validation.DeflatedSharpe.MinimumTrack(sharpe, skewness, kurtosis, independent, limits.DeflatedSharpeMin)
                : double.PositiveInfinity,
            untouched is null ? double.NaN : Metrics.ReturnStatistics.Sharpe(untouched.Returns, evidence.Period.PerYear),
            untouched is not { Returns.Length: > 0 } ? double.NaN : evidence.Period.PerYear
                * new StationaryBootstrap(untouched.Returns.Length).LowerBoundOfMean(untouched.Returns, confidence, limits.Replications, limits.Seed),
            confidence);
    }

    private static double[] Mean(IReadOnlyList<int> members, IReadOnlyList<double[]> trials)
    {
        var mean = new double[trials[0].Length];
        foreach (var member in members)
        {
            for (var i = 0; i < mean.Length; i++)
            {
                mean[i] += trials[member][i] / members.Count;
            }
        }

        return mean;
    }

    private static BacktestOverfitting? Overfit(IReadOnlyList<double[]> returns) =>
        returns.Count > 1 && returns[0].Length >= 2 * BacktestOverfitting.MaxBlocks ? BacktestOverfitting.Of(returns) : null;

    private static SuperiorAbility? Ability(IReadOnlyList<double[]> excess, SelectionLimits limits) =>
        excess[0].Length >= 2 * BacktestOverfitting.MaxBlocks ? SuperiorAbility.Of(excess, limits.Seed, limits.Replications) : null;
}
