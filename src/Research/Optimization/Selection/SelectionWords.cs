using System.Globalization;
using BtcAgent.Domain.Models;

namespace BtcAgent.Research.Optimization.Selection;

/// <summary>Says the outcome of a selection to an investor.</summary>
internal static class SelectionWords
{
    /// <summary>Between the search and the opening of the untouched window.</summary>
    public const string NotOpened = "No model is written. The search's own gates hold; the untouched window, which decides, has not been opened.";

    public static string Passed(SelectionEvidence e, SelectionFigures f) => Text(
        $"It passes: in the window that the search never saw it {Earned(e.Untouched!.NetReturn)} after costs, and the best of {Tries(f.IndependentTrials)} without skill would look this good in {Cases(f.Luck)}.");

    public static string Failed(IReadOnlyList<VerdictReason> failed)
    {
        // The gates are in order of weight: the first names the reason.
        var more = failed.Count == 1 ? "" : Text($" {failed.Count - 1} more {(failed.Count == 2 ? "reason" : "reasons")} below.");
        return $"No model is written. {failed[0].Text}{more}";
    }

    public static string Untouched(UntouchedWindow w)
    {
        var looks = w.Looks == 1 ? "" : Text($" It is look number {w.Looks} at this time, which is no longer untouched.");
        var held = Text($"buying and holding {Earned(w.BuyAndHold)}");
        return w.RoundTrips == 0
            ? $"It does not trade in the window that the search never saw ({Days(w)}): it earns nothing.{looks}"
            : w.NetReturn > 0
                ? $"In the window that the search never saw ({Days(w)}) it {Earned(w.NetReturn)} after costs; {held}.{looks}"
                : $"It would lose: in the window that the search never saw ({Days(w)}) it {Earned(w.NetReturn)} after costs; {held}.{looks}";
    }

    public static string Bound(UntouchedWindow w, SelectionFigures f)
    {
        var corrected = w.Looks == 1 ? "" : Text($", corrected for {w.Looks} looks");
        return double.IsNaN(f.UntouchedBound)
            ? "The untouched window has no returns, so that no bound is defined."
            : f.UntouchedBound > 0
                ? Text($"With {100 * f.BoundConfidence:0.##} % confidence{corrected} it earns at least {Percent(f.UntouchedBound)} a year after costs.")
                : Text($"Its gain may be chance: with {100 * f.BoundConfidence:0.##} % confidence{corrected} only more than {Percent(f.UntouchedBound)} a year can be said of it.");
    }

    public static string Luck(SelectionEvidence e, SelectionFigures f) => double.IsNaN(f.DeflatedSharpe)
        ? "It hardly trades, so that its returns do not vary and nothing is known about luck."
        : f.Sharpe <= 0
        ? Text($"It would lose: the best of {e.TrialsStarted:N0} tries has a Sharpe ratio of {f.Sharpe:F2} a year after costs, which is worse than not trading.")
        : Text($"The best of {Tries(f.IndependentTrials)} ({e.TrialsStarted:N0} in all) looks this good by luck in {Cases(f.Luck)}: Sharpe ratio {f.Sharpe:F2} a year, probability of an edge after the search {100 * f.DeflatedSharpe:0.#} %.");

    public static string Overfitting(double probability, double max) => double.IsNaN(probability)
        ? "The tries move together or have too few periods: there was no choice among them that could be overfit."
        : Text($"In {Cases(probability)} the settings that are best in one half of the time are below the median in the other half{(probability <= max ? "." : ": choosing by the past does not help in the future.")}");

    public static string Superior(SelectionEvidence e, SelectionFigures f) => f.AgainstCash is not { } cash
        ? "There are too few periods for a test against not trading."
        : Text($"If no try were better than not trading, the best would look this good in {Cases(cash.Consistent)} (Hansen's test, p {cash.Consistent:0.####}, {e.TrialReturns.Count:N0} tries; against buying and holding p {f.AgainstHolding?.Consistent ?? double.NaN:0.####}).");

    public static string Plateau(SelectionEvidence e, SelectionLimits limits) => double.IsNaN(e.PlateauScore)
        ? "There are too few complete trials to know how good similar settings are: run more."
        : e.WinnerScore <= 0
        ? Text($"The winner scores {e.WinnerScore:F2}, not better than not trading.")
        : Text($"Trials with similar settings have a median score of {e.PlateauScore:F2}, the winner {e.WinnerScore:F2}: {(e.PlateauScore >= limits.PlateauShareMin * e.WinnerScore ? "small changes do not destroy it." : "a small change of the settings destroys it.")}");

    /// <summary>A probability as a person says it: 4 of 10 cases.</summary>
    public static string Cases(double probability) => !double.IsFinite(probability) ? "an unknown share of cases"
        : probability >= 0.095 ? Text($"{Math.Round(10 * probability)} of 10 cases")
        : probability >= 0.0095 ? Text($"{Math.Round(100 * probability)} of 100 cases")
        : probability >= 0.00095 ? Text($"{Math.Round(1_000 * probability)} of 1,000 cases")
        : "fewer than 1 of 1,000 cases";

    private static string Tries(int count) => count == 1 ? "1 independent try" : Text($"{count:N0} independent tries");

    private static string Earned(double share) => share >= 0 ? $"earned {Percent(share)}" : $"lost {Percent(-share)}";

    private static string Percent(double share) => Text($"{100 * share:0.0#} %");

    private static string Days(UntouchedWindow w) => Text($"{w.From.ToDateTimeOffset():yyyy-MM-dd} to {w.To.ToDateTimeOffset():yyyy-MM-dd}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
