using System.Globalization;
using System.Text;
using BtcAgent.Research.Backtests;
using BtcAgent.Research.Reports.Charts;

namespace BtcAgent.Research.Reports;

/// <summary>Tables of round trips by exit and by instrument, and what the run left out.</summary>
internal static class RoundTripTables
{
    private static readonly string[] Money = ["round trips", "won", "before fees", "fees", "after fees"];

    public static string Render(BacktestResult result)
    {
        var page = new StringBuilder();
        if (!result.NotChecked.IsEmpty)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">Not checked: {Html.Text(string.Join(", ", result.NotChecked))}.</p>\n");
        }

        foreach (var remark in result.Remarks)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p>{Html.Text(remark)}</p>\n");
        }

        if (result.RoundTrips.Any(t => t.Exit is not (ExitReason.Signal or ExitReason.EndOfBars)))
        {
            Table(page, ["closed by", .. Money], ExitSummary.Of(result.RoundTrips).Select(row => new[]
            {
                row.Name, Whole(row.RoundTrips), Whole(row.Won), Amount(row.GrossPnl), Amount(row.Fees), Amount(row.NetPnl),
            }));
        }

        if (result.Instruments.Length > 0)
        {
            Table(page, ["instrument", "bars", .. Money], result.Instruments.Select(row => new[]
            {
                row.Instrument, Whole(row.Steps), Whole(row.RoundTrips), Whole(row.Won), Amount(row.GrossPnl), Amount(row.Fees), Amount(row.NetPnl),
            }));
        }

        return page.ToString();
    }

    private static void Table(StringBuilder page, IEnumerable<string> header, IEnumerable<string[]> rows)
    {
        page.Append("<div class=\"scroll\"><table><tr>").AppendJoin("", header.Select(h => $"<th>{Html.Text(h)}</th>")).Append("</tr>");
        foreach (var row in rows)
        {
            page.Append("<tr>").AppendJoin("", row.Select(cell => $"<td>{Html.Text(cell)}</td>")).Append("</tr>");
        }

        page.Append("</table></div>\n");
    }

    private static string Whole(long value) => Html.Fixed(value, 0);

    private static string Amount(decimal value) => Html.Fixed((double)value, 2);
}
