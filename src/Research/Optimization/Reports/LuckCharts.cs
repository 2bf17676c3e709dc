using System.Globalization;
using BtcAgent.Research.Optimization.Selection;
using BtcAgent.Research.Reports.Charts;
using BtcAgent.Research.Resampling;

namespace BtcAgent.Research.Optimization.Reports;

/// <summary>Overfitting of the choice, and the tests of the best of many trials.</summary>
internal static class LuckCharts
{
    public static string Render(SelectionOutcome selection)
    {
        var f = selection.Figures;
        var page = new System.Text.StringBuilder("<div class=\"pair\">");
        page.Append(BarChart.Histogram(
            "Rank of the best settings in the other half of the time", "logit; left of 0 is below the median", f.Overfitting?.Logits ?? [], ("median", 0)));
        page.Append(BarChart.Histogram(
            "Sharpe ratio of the best settings in the other half", "per period, after costs", f.Overfitting?.OutOfSample ?? [], ("not trading", 0)));
        page.Append("</div>\n<div class=\"scroll\"><table class=\"left\"><tr><th>test</th><th>figure</th><th>meaning</th></tr>");
        foreach (var (test, figure, meaning) in new[]
        {
            ("Deflated Sharpe ratio", Html.Percent(f.DeflatedSharpe, 1), $"Sharpe ratio {Html.Fixed(f.Sharpe, 2)} a year against the best of {f.IndependentTrials} independent trials without skill"),
            ("Luck", Html.Percent(f.Luck, 2), "chance that the best of as many trials without skill reaches it"),
            ("Overfitting, independent trials", Html.Percent(f.Overfitting?.Probability ?? double.NaN, 1), "chance that the best of one half of the time is below the median in the other"),
            ("Overfitting, all trials", Html.Percent(f.OverfittingOfAll, 1), "the same, where near copies compete; not a gate"),
            ("Hansen's test against not trading", Html.Fixed(f.AgainstCash?.Consistent ?? double.NaN, 4), Bounds(f.AgainstCash)),
            ("Hansen's test against holding", Html.Fixed(f.AgainstHolding?.Consistent ?? double.NaN, 4), Bounds(f.AgainstHolding)),
            ("Track", $"{Html.Fixed(f.Periods, 0)} of {Html.Fixed(Math.Ceiling(f.MinimumTrack), 0)}", "periods that it has, and that a result of this size needs"),
        })
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{test}</td><td>{figure}</td><td>{Html.Text(meaning)}</td></tr>");
        }

        return page.Append("</table></div>\n").ToString();
    }

    private static string Bounds(SuperiorAbility? test) => test is null
        ? "too few periods"
        : $"p-value; bounds {Html.Fixed(test.Lower, 4)} and {Html.Fixed(test.Upper, 4)}";
}
