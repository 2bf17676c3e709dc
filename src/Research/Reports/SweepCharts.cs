using System.Globalization;
using System.Text;
using BtcAgent.Research.Backtests;
using BtcAgent.Research.Reports.Charts;

namespace BtcAgent.Research.Reports;

/// <summary>The combinations of a sweep: a heat map of two parameters, and a table of the best.</summary>
internal static class SweepCharts
{
    private const int RowsMax = 50;

    public static string Render(SweepTable sweep, double deflatedSharpe)
    {
        var page = new StringBuilder("<h2>Parameters tried</h2>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p>The best of {sweep.Tried} combinations by Sharpe ratio is shown ({sweep.Skipped} more are not valid). The best of many tries looks better than it is: its deflated Sharpe ratio for {sweep.Tried} trials is {Html.Percent(deflatedSharpe, 1)}.</p>\n");
        if (sweep.Parameters.Length == 2)
        {
            page.Append(HeatMap(sweep));
        }

        page.Append("<div class=\"scroll\"><table><tr>");
        string[] header = [.. sweep.Parameters, "round trips", "return", "Sharpe", "deepest drawdown", "profit factor"];
        page.AppendJoin("", header.Select(h => $"<th>{Html.Text(h)}</th>")).Append("</tr>");
        foreach (var row in sweep.Rows.Take(RowsMax))
        {
            string[] cells =
            [
                .. row.Values.Select(Value), Html.Fixed(row.RoundTrips, 0), Html.Percent(row.NetReturn), Html.Fixed(row.Sharpe, 2),
                Html.Percent(row.MaxDrawdown), Html.Fixed(row.ProfitFactor, 2),
            ];
            page.Append("<tr>").AppendJoin("", cells.Select(c => $"<td>{c}</td>")).Append("</tr>");
        }

        return page.Append("</table></div>\n").ToString();
    }

    /// <summary>Colours each cell by its Sharpe ratio: blue above zero, orange below, stronger the further away.</summary>
    private static string HeatMap(SweepTable sweep)
    {
        var rows = sweep.Rows.Select(r => r.Values[0]).Distinct().Order().ToArray();
        var columns = sweep.Rows.Select(r => r.Values[1]).Distinct().Order().ToArray();
        var cells = sweep.Rows.ToDictionary(r => (r.Values[0], r.Values[1]));
        var most = sweep.Rows.Select(r => Math.Abs(r.Sharpe)).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        var map = new StringBuilder();
        map.Append(CultureInfo.InvariantCulture, $"<figure><figcaption>Sharpe ratio <small>{Html.Text(sweep.Parameters[0])} down, {Html.Text(sweep.Parameters[1])} across</small></figcaption><div class=\"scroll\"><table class=\"heat\"><tr><th></th>");
        map.AppendJoin("", columns.Select(c => $"<th>{Value(c)}</th>")).Append("</tr>");
        foreach (var row in rows)
        {
            map.Append(CultureInfo.InvariantCulture, $"<tr><th>{Value(row)}</th>");
            foreach (var column in columns)
            {
                map.Append(cells.TryGetValue((row, column), out var cell) ? Cell(cell, most) : "<td></td>");
            }

            map.Append("</tr>");
        }

        return map.Append("</table></div></figure>\n").ToString();
    }

    private static string Cell(SweepRow cell, double most)
    {
        var share = double.IsFinite(cell.Sharpe) && most > 0 ? (int)Math.Round(70 * Math.Abs(cell.Sharpe) / most) : 0;
        var colour = cell.Sharpe >= 0 ? "--a" : "--b";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<td style=\"background:color-mix(in srgb,var({colour}) {share}%,transparent)\" title=\"{Html.Percent(cell.NetReturn)} in {cell.RoundTrips} round trips\">{Html.Fixed(cell.Sharpe, 2)}</td>");
    }

    private static string Value(double value) => value.ToString("0.########", CultureInfo.InvariantCulture);
}
