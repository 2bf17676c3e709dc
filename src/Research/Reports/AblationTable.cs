using System.Globalization;
using System.Text;
using BtcAgent.Research.Reports.Charts;
using BtcAgent.Research.Training;

namespace BtcAgent.Research.Reports;

/// <summary>The part of each group of features in a model, as a table.</summary>
internal static class AblationTable
{
    public static string Render(AblationReport? report)
    {
        if (report is null)
        {
            return "";
        }

        var page = new StringBuilder("<h3>With and without each group of features</h3>\n<div class=\"scroll\"><table><tr><th>without</th><th>features</th><th>Brier score rises by</th><th>from</th><th>to</th><th>folds with a rise</th><th>the group</th></tr>");
        foreach (var group in report.Groups)
        {
            var isKnown = group.Finding != AblationFinding.NoData;
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Html.Text(group.Group)}</td><td>{group.Features}</td>");
            page.Append(isKnown
                ? string.Create(CultureInfo.InvariantCulture, $"<td>{Html.Fixed(group.Gain, 5)}</td><td>{Html.Fixed(group.Low, 5)}</td><td>{Html.Fixed(group.High, 5)}</td><td>{group.FoldGains.Count(gain => gain > 0)} of {group.FoldGains.Length}</td>")
                : "<td></td><td></td><td></td><td></td>");
            page.Append(CultureInfo.InvariantCulture, $"<td>{AblationWords.Of(group.Finding)}</td></tr>");
        }

        page.Append(CultureInfo.InvariantCulture, $"</table></div>\n<p>Brier score of the test rows (0 best), mean over blocks of the folds' test rows; each fold was trained again without the group. All intervals hold together with {report.Confidence * 100:F0} %. A group helps only where the whole interval is above 0: its cost is not worth it otherwise.</p>\n");
        return page.ToString();
    }
}
