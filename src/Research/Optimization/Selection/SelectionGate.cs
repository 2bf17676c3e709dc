using System.Globalization;
using BtcAgent.Domain.Models;

namespace BtcAgent.Research.Optimization.Selection;

/// <summary>
/// Decides whether the winner of a search may become a model. What chose it is never what judges it: the search's test windows
/// chose, the untouched window and the tests for luck among many tries judge. Invariants: (1) it passes only if every gate holds;
/// (2) a figure that is undefined holds no gate, except where there was no choice that could be overfit.
/// </summary>
public static class SelectionGate
{
    private const string UntouchedPrefix = "UNTOUCHED_";

    /// <param name="evidence">The search.</param>
    /// <param name="limits">Thresholds.</param>
    /// <exception cref="ArgumentException">Thresholds are out of their range, or returns differ in length.</exception>
    public static SelectionOutcome Judge(SelectionEvidence evidence, SelectionLimits limits)
    {
        limits.Check();
        if (evidence.TrialReturns.Count == 0 || evidence.TrialReturns.Any(r => r.Length != evidence.BuyAndHold.Length))
        {
            throw new ArgumentException("at least one trial is needed, with a return in each period of the benchmark", nameof(evidence));
        }

        var figures = SelectionFigures.Of(evidence, limits);
        VerdictReason[] untouched = [Untouched(evidence.Untouched), Bound(evidence.Untouched, figures), Trades(evidence.Untouched, limits)];
        VerdictReason[] search =
        [
            Luck(evidence, figures, limits), Superior(evidence, figures, limits), Overfitting(figures, limits), Track(evidence, figures),
            Plateau(evidence, limits),
        ];
        VerdictReason[] gates = evidence.Untouched is null ? [.. search, .. untouched] : [.. untouched, .. search];
        var failed = gates.Where(g => !g.Holds).ToArray();
        var named = failed.Where(g => evidence.Untouched is not null || !g.Code.StartsWith(UntouchedPrefix, StringComparison.Ordinal)).ToArray();
        var headline = failed.Length == 0 ? SelectionWords.Passed(evidence, figures)
            : named.Length == 0 ? SelectionWords.NotOpened
            : SelectionWords.Failed(named);
        return new SelectionOutcome(failed.Length == 0, headline, [.. failed, .. gates.Where(g => g.Holds)], figures);
    }

    /// <summary>
    /// True if the search's own gates hold, so that the untouched window may be opened: a look that cannot change the decision would
    /// only use the window up.
    /// </summary>
    /// <param name="outcome">Outcome without an untouched window.</param>
    public static bool MayOpen(SelectionOutcome outcome) =>
        outcome.Reasons.All(r => r.Holds || r.Code.StartsWith(UntouchedPrefix, StringComparison.Ordinal));

    private static VerdictReason Untouched(UntouchedWindow? window) => new(
        "UNTOUCHED_RETURN", window?.NetReturn > 0, Known(window?.NetReturn), 0, window is null
            ? "The untouched window was not opened: the search failed before."
            : SelectionWords.Untouched(window));

    private static VerdictReason Bound(UntouchedWindow? window, SelectionFigures f) => new(
        "UNTOUCHED_BOUND", f.UntouchedBound > 0, Known(f.UntouchedBound), 0, window is null
            ? "The untouched window was not opened."
            : SelectionWords.Bound(window, f));

    private static VerdictReason Trades(UntouchedWindow? window, SelectionLimits limits) => new(
        "UNTOUCHED_TRADES", window?.RoundTrips >= limits.RoundTripsMin, window?.RoundTrips, limits.RoundTripsMin, window is null
            ? "The untouched window was not opened."
            : Text($"It made {window.RoundTrips:N0} round trips in the untouched window; {limits.RoundTripsMin} are needed to know a mean."));

    private static VerdictReason Luck(SelectionEvidence e, SelectionFigures f, SelectionLimits limits) => new(
        "DEFLATED_SHARPE", f.DeflatedSharpe >= limits.DeflatedSharpeMin, Known(f.DeflatedSharpe), limits.DeflatedSharpeMin, SelectionWords.Luck(e, f));

    private static VerdictReason Overfitting(SelectionFigures f, SelectionLimits limits)
    {
        var probability = f.Overfitting?.Probability ?? double.NaN;
        // One family of trials is not a choice that could be overfit; too few periods fail the track.
        return new(
            "OVERFITTING", double.IsNaN(probability) || probability <= limits.OverfittingMax, Known(probability), limits.OverfittingMax,
            SelectionWords.Overfitting(probability, limits.OverfittingMax));
    }

    private static VerdictReason Superior(SelectionEvidence e, SelectionFigures f, SelectionLimits limits)
    {
        var p = f.AgainstCash?.Consistent ?? double.NaN;
        return new("SUPERIOR_ABILITY", p <= limits.SuperiorAbilityMax, Known(p), limits.SuperiorAbilityMax, SelectionWords.Superior(e, f));
    }

    private static VerdictReason Track(SelectionEvidence e, SelectionFigures f)
    {
        var required = Math.Max(Verdicts.VerdictRules.PeriodsMin, Math.Ceiling(f.MinimumTrack));
        return new("TRACK_LENGTH", f.Periods >= required, f.Periods, Known(required), double.IsFinite(required)
            ? Text($"Its track has {f.Periods:N0} {e.Period.Name}s out of sample, {required:N0} are needed for a result of this size.")
            : Text($"Its track has {f.Periods:N0} {e.Period.Name}s out of sample, and at this result no length would be enough."));
    }

    private static VerdictReason Plateau(SelectionEvidence e, SelectionLimits limits) => new(
        "PLATEAU", e.WinnerScore > 0 && e.PlateauScore >= limits.PlateauShareMin * e.WinnerScore, Known(e.PlateauScore), Known(limits.PlateauShareMin * e.WinnerScore),
        SelectionWords.Plateau(e, limits));

    private static double? Known(double? value) => value is { } v && double.IsFinite(v) ? v : null;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
