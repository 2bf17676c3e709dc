using System.Globalization;
using System.Text;
using BtcAgent.Research.Optimization.Samplers;
using BtcAgent.Research.Optimization.Searches;
using BtcAgent.Research.Reports.Charts;

namespace BtcAgent.Research.Optimization.Reports;

/// <summary>Scores of the best trials fold by fold.</summary>
internal static class FoldTables
{
    private const int TrialsMax = 12;

    public static string Render(SearchOutcome outcome)
    {
        var page = new StringBuilder("<div class=\"scroll\"><table><tr><th>trial</th><th>score</th><th>plateau</th>");
        foreach (var (from, to) in outcome.TestWindows)
        {
            page.Append(CultureInfo.InvariantCulture, $"<th>{Day(from)}<br>{Day(to)}</th>");
        }

        page.Append("</tr>");
        var best = outcome.Study.Trials.Where(t => t.State == TrialState.Complete).OrderByDescending(t => t.Value).Take(TrialsMax).ToList();
        if (outcome.Winner is { } winner && !best.Contains(winner))
        {
            best.Add(winner);
        }

        foreach (var trial in best)
        {
            var isWinner = trial.Number == outcome.Winner?.Number;
            page.Append(CultureInfo.InvariantCulture, $"<tr{(isWinner ? " class=\"won\"" : "")}><td>{trial.Number}{(isWinner ? ", the winner" : "")}</td><td>{Html.Fixed(trial.Value, 2)}</td><td>{Html.Fixed(outcome.Plateau[trial.Number], 2)}</td>");
            for (var fold = 0; fold < outcome.TestWindows.Length; fold++)
            {
                var run = trial.Folds.FirstOrDefault(f => f.Fold == fold);
                var sum = run?.Returns.Sum() ?? double.NaN;
                page.Append(CultureInfo.InvariantCulture, $"<td title=\"{Html.Percent(sum)} not compounded\">{Html.Fixed(run?.Score ?? double.NaN, 2)}</td>");
            }

            page.Append("</tr>");
        }

        return page.Append("</table></div>\n<p class=\"soft\">Annual Sharpe ratio after costs in each test window; 0.00 is a fold without a trade.</p>\n").ToString();
    }

    private static string Day(Timestamp time) => time.ToDateTimeOffset().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
