using BtcAgent.Research.Resampling;
using BtcAgent.Research.Validation;

namespace BtcAgent.Research.Optimization.Selection;

/// <summary>Figures of a selection; NaN where undefined.</summary>
public sealed record SelectionFigures
{
    /// <summary>Effective number of independent trials.</summary>
    public required int IndependentTrials { get; init; }

    /// <summary>The winner's annual Sharpe ratio over all test windows of the search.</summary>
    public required double Sharpe { get; init; }

    /// <summary>Probability that it is above that of the best of the independent trials without skill.</summary>
    public required double DeflatedSharpe { get; init; }

    /// <summary>Probability that the best of as many independent trials without skill looks at least this good.</summary>
    public required double Luck { get; init; }

    /// <summary>Combinatorially symmetric cross-validation of the choice among the independent trials; null with fewer than two, or too few periods.</summary>
    public required BacktestOverfitting? Overfitting { get; init; }

    /// <summary>The same probability over all trials, where near copies compete with each other.</summary>
    public required double OverfittingOfAll { get; init; }

    /// <summary>Hansen's test against not trading; null with too few periods.</summary>
    public required SuperiorAbility? AgainstCash { get; init; }

    /// <summary>Hansen's test against buying and holding; null with too few periods.</summary>
    public required SuperiorAbility? AgainstHolding { get; init; }

    /// <summary>Periods of the track in the search's test windows.</summary>
    public required int Periods { get; init; }

    /// <summary>Periods that are needed.</summary>
    public required double MinimumTrack { get; init; }

    /// <summary>Annual Sharpe ratio in the untouched window.</summary>
    public required double UntouchedSharpe { get; init; }

    /// <summary>Lower confidence bound of the return a year in the untouched window, not compounded.</summary>
    public required double UntouchedBound { get; init; }

    /// <summary>Confidence of the bound, corrected for the number of looks.</summary>
    public required double BoundConfidence { get; init; }

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
        return new SelectionFigures
        {
            IndependentTrials = independent,
            Sharpe = sharpe * Math.Sqrt(evidence.Period.PerYear),
            DeflatedSharpe = Validation.DeflatedSharpe.ProbabilisticSharpe(
                sharpe, winner.Length, skewness, kurtosis, Validation.DeflatedSharpe.ExpectedMaximumBySampling(independent, winner.Length)),
            Luck = 1 - Math.Pow(alone, independent),
            Overfitting = Overfit([.. clusters.Select(c => Mean(c, trials))]),
            OverfittingOfAll = Overfit(trials)?.Probability ?? double.NaN,
            AgainstCash = Ability(trials, limits),
            AgainstHolding = Ability(SuperiorAbility.Excess(trials, evidence.BuyAndHold), limits),
            Periods = winner.Length,
            MinimumTrack = isDispersed
                ? Validation.DeflatedSharpe.MinimumTrack(sharpe, skewness, kurtosis, independent, limits.DeflatedSharpeMin)
                : double.PositiveInfinity,
            UntouchedSharpe = untouched is null ? double.NaN : Metrics.ReturnStatistics.Sharpe(untouched.Returns, untouched.Period.PerYear),
            UntouchedBound = untouched is not { Returns.Length: > 0 } ? double.NaN : untouched.Period.PerYear
                * new StationaryBootstrap(untouched.Returns.Length).LowerBoundOfMean(untouched.Returns, confidence, limits.Replications, limits.Seed),
            BoundConfidence = confidence,
        };
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
