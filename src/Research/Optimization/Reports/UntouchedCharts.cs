using System.Globalization;
using BtcAgent.Research.Optimization.Searches;
using BtcAgent.Research.Reports.Charts;

namespace BtcAgent.Research.Optimization.Reports;

/// <summary>The winner's equity in the untouched window.</summary>
internal static class UntouchedCharts
{
    public static string Render(SearchOutcome outcome)
    {
        if (outcome.Untouched is not { Curve.Length: > 1 } run)
        {
            return "<p>The window was not opened: the search itself failed, and a look that cannot change the decision would only use the window up.</p>\n";
        }

        double[] times = [.. run.Curve.Select(p => p.EventTime.UnixNanoseconds / 1e9)];
        var (equity, price) = (run.Curve[0].Equity, run.Curve[0].Price);
        var chart = new LineChart("Value of 100", "after costs").Render(
            new Series("the winner", "a", times, [.. run.Curve.Select(p => 100 * p.Equity / equity)]),
            new Series("buy and hold", "c", times, [.. run.Curve.Select(p => 100 * p.Price / price)]));
        return chart + string.Create(
            CultureInfo.InvariantCulture,
            $"<p>{run.RoundTrips.Length:N0} round trips, {Html.Percent((double)(run.Fees / run.InitialCash))} of the starting money paid in fees and slippage. The position is {Html.Text(run.Settings.GetValueOrDefault("fraction of equity", Html.Undefined))} of equity; buying and holding is shown with all of it.</p>\n");
    }
}
