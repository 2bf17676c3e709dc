using System.Globalization;
using BtcAgent.Domain.Models;
using BtcAgent.Research.Validation;

namespace BtcAgent.Research.Verdicts;

/// <summary>
/// Decides every verdict. The rules are in order of weight; the first that does not hold names the state.
/// <c>docs/metrics.md</c> has the definitions and their sources.
/// </summary>
public static class VerdictRules
{
    /// <summary>Fewest round trips: with fewer, neither a mean nor its tails are known.</summary>
    public const int RoundTripsMin = 30;

    /// <summary>Smallest probability that the Sharpe ratio is above that of the best of the trials without skill.</summary>
    public const double DeflatedSharpeMin = 0.95;

    /// <summary>Largest probability of overfitting.</summary>
    public const double OverfittingMax = 0.5;

    /// <summary>Fewest periods of a track: two for each block of the probability of overfitting.</summary>
    public const int PeriodsMin = 2 * BacktestOverfitting.MaxBlocks;

    public static Verdict Of(VerdictEvidence evidence)
    {
        (VerdictState State, VerdictReason Reason)[] rules =
        [
            (VerdictState.Leaks, Leak(evidence)),
            (VerdictState.LooksAhead, Audit(evidence)),
            (VerdictState.TooFewTrades, Trades(evidence)),
            (VerdictState.Undefined, Varies(evidence)),
            (VerdictState.LosesToCosts, Costs(evidence)),
            (VerdictState.FoldsDisagree, Folds(evidence)),
            (VerdictState.NotDistinguishable, Luck(evidence)),
            (VerdictState.Overfit, Overfitting(evidence)),
            (VerdictState.TrackTooShort, Track(evidence)),
            (VerdictState.NotJudged, Checked(evidence)),
        ];
        var failed = rules.Where(r => !r.Reason.Holds).ToArray();
        return new Verdict(
            failed.Length == 0 ? VerdictState.Survives : failed[0].State,
            [.. failed.Concat(rules.Where(r => r.Reason.Holds)).Select(r => r.Reason)]);
    }

    /// <summary>The verdict on a backtest, which held no data back: undefined without a trade, otherwise not judged.</summary>
    /// <param name="metrics">Figures of the backtest.</param>
    /// <param name="roundTrips">Positions opened and closed.</param>
    /// <param name="fills">Orders filled.</param>
    public static Verdict OfBacktest(Metrics.PerformanceMetrics metrics, int roundTrips, int fills)
    {
        if (fills == 0)
        {
            return new(VerdictState.Undefined, [new("TRADES", false, 0, 1, "It did not trade, so no ratio is defined.")]);
        }

        var net = Text($"{Percent(metrics.TotalReturn)} after costs in {roundTrips} round trips.");
        return double.IsNaN(metrics.Sharpe)
            ? new(VerdictState.Undefined, [new("RETURNS_VARY", false, null, null, $"Its returns do not vary, so no ratio is defined: {net}")])
            : new(VerdictState.NotJudged,
            [
                new("HELD_BACK", false, null, null, "A backtest holds no data back and says nothing about an edge to come."),
                new("COSTS", metrics.TotalReturn > 0, metrics.TotalReturn, 0, $"It returned {net}"),
            ]);
    }

    private static VerdictReason Leak(VerdictEvidence e)
    {
        var suspects = e.Leakage?.Suspicions.Length ?? 0;
        return new("LEAKAGE", suspects == 0, suspects, 0, e.Leakage?.LabelText ?? "The shifted-label test was not made.");
    }

    private static VerdictReason Audit(VerdictEvidence e) => new(
        "LOOK_AHEAD", e.Leakage?.Audit.Passed != false, e.Leakage?.Audit.Differences.Length ?? 0, 0, e.Leakage?.Audit.Text ?? "The look-ahead audit was not made.");

    private static VerdictReason Checked(VerdictEvidence e)
    {
        var isChecked = e.Leakage?.Audit.Passed is not null;
        return new("CHECKED", isChecked, isChecked ? 1 : 0, 1, isChecked
            ? "The data was checked for leaks and look-ahead."
            : $"The data was not checked: {e.Leakage?.Audit.Text ?? "no check was made."}");
    }

    private static VerdictReason Trades(VerdictEvidence e) => new(
        "TRADES", e.RoundTrips >= RoundTripsMin, e.RoundTrips, RoundTripsMin, e.RoundTrips == 0
            ? "It never traded out of sample: in no fold did a threshold earn its costs on validation rows."
            : Text($"{e.RoundTrips} round trips out of sample, {RoundTripsMin} are needed."));

    private static VerdictReason Varies(VerdictEvidence e)
    {
        var isDefined = !double.IsNaN(e.Metrics.Sharpe);
        return new("RETURNS_VARY", isDefined, isDefined ? e.Metrics.Volatility : null, null, isDefined
            ? Text($"The volatility is {Percent(e.Metrics.Volatility)} a year.")
            : "The returns do not vary above rounding, so no ratio is defined.");
    }

    private static VerdictReason Costs(VerdictEvidence e) => new(
        "COSTS", e.Metrics.TotalReturn > 0, Known(e.Metrics.TotalReturn), 0,
        Text($"{Percent(e.Metrics.TotalReturn)} after costs in {e.RoundTrips} round trips (before costs {e.Metrics.GrossProfit:F0}, costs {e.Metrics.Fees + e.Metrics.Slippage:F0})."));

    private static VerdictReason Folds(VerdictEvidence e) => new(
        "FOLDS", 2 * e.FoldsWithGain > e.Folds, e.FoldsWithGain, (e.Folds / 2) + 1, Text($"{e.FoldsWithGain} of {e.Folds} folds gained."));

    private static VerdictReason Luck(VerdictEvidence e) => new(
        "DEFLATED_SHARPE", e.Metrics.DeflatedSharpe >= DeflatedSharpeMin, Known(e.Metrics.DeflatedSharpe), DeflatedSharpeMin,
        Text($"The probability that it is better than the best of {e.IndependentTrials} independent trials without skill is {Percent(e.Metrics.DeflatedSharpe)} (Sharpe ratio {Number(e.Metrics.Sharpe)} a year)."));

    private static VerdictReason Overfitting(VerdictEvidence e) => new(
        "OVERFITTING", !(e.OverfittingProbability > OverfittingMax), Known(e.OverfittingProbability), OverfittingMax,
        double.IsNaN(e.OverfittingProbability)
            ? "The trials do not differ, or have too few periods, so that the choice among them cannot be tested."
            : Text($"The probability of overfitting is {Percent(e.OverfittingProbability)}."));

    private static VerdictReason Track(VerdictEvidence e)
    {
        var m = e.Metrics;
        var length = DeflatedSharpe.MinimumTrack(
            m.Sharpe / Math.Sqrt(m.Period.PerYear), m.Skewness, m.Kurtosis, e.IndependentTrials, DeflatedSharpeMin);
        var required = Math.Max(PeriodsMin, Math.Ceiling(length));
        return new("TRACK_LENGTH", m.Periods >= required, m.Periods, Known(required), double.IsFinite(required)
            ? Text($"The track has {m.Periods} {m.Period.Name}s, {required:F0} are needed.")
            : Text($"The track has {m.Periods} {m.Period.Name}s, and no length would be enough."));
    }

    private static double? Known(double value) => double.IsFinite(value) ? value : null;

    private static string Percent(double share) => double.IsFinite(share) ? Text($"{100 * share:0.##} %") : "undefined";

    private static string Number(double value) => double.IsFinite(value) ? Text($"{value:F2}") : "undefined";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
