using System.Globalization;
using System.Text;
using BtcAgent.Research.Optimization.Landscapes;
using BtcAgent.Research.Optimization.Samplers;
using BtcAgent.Research.Optimization.Searches;
using BtcAgent.Research.Optimization.Spaces;
using BtcAgent.Research.Optimization.Studies;
using BtcAgent.Research.Reports.Charts;

namespace BtcAgent.Research.Optimization.Reports;

/// <summary>History of the search, importance of its parameters, parallel coordinates and slices.</summary>
internal static class TrialCharts
{
    /// <summary>Share of the trials that is drawn strongly.</summary>
    private const double TopShare = 0.1;

    public static string Render(SearchSpace space, SearchOutcome outcome)
    {
        var trials = outcome.Study.Trials.Where(t => t.State == TrialState.Complete).ToArray();
        if (trials.Length < 2)
        {
            return "<p class=\"none\">Too few complete trials to show.</p>\n";
        }

        var top = trials.OrderByDescending(t => t.Value).Take(Math.Max(1, (int)(TopShare * trials.Length))).Select(t => t.Number).ToHashSet();
        var page = new StringBuilder(Counts(outcome)).Append(History(trials, outcome));
        page.Append("<div class=\"pair\">").Append(BarChart.Rows("Importance of the parameters", "share of the variance of the score", [.. ImportanceOf(space, outcome)]));
        page.Append(BarChart.Histogram(
            "Scores of the trials", "mean annual Sharpe ratio of the folds", [.. trials.Select(t => t.Value)], ("winner", outcome.Winner?.Value ?? double.NaN)));
        page.Append("</div>\n").Append(ParallelChart.Render(space, trials, top, outcome.Winner));
        page.Append("<h3>Each parameter</h3>\n<div class=\"slices\">");
        foreach (var parameter in space.Parameters)
        {
            page.Append(SliceChart.Render(parameter, trials, top, outcome.Winner));
        }

        return page.Append("</div>\n").ToString();
    }

    private static IEnumerable<(string Name, double Value)> ImportanceOf(SearchSpace space, SearchOutcome outcome) =>
        ParameterImportance.Of(space, outcome.Study.Trials).OrderByDescending(i => i.Share).Select(i => (i.Name, i.Share));

    private static string Counts(SearchOutcome outcome)
    {
        int Of(TrialState state) => outcome.Study.Trials.Count(t => t.State == state);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<p>{outcome.Study.Trials.Length:N0} trials: {Of(TrialState.Complete):N0} complete, {Of(TrialState.Pruned):N0} stopped early since they lost to the best, {Of(TrialState.Failed):N0} without a result, such as too few rows for a leaf.</p>\n");
    }

    private static string History(Trial[] trials, SearchOutcome outcome)
    {
        var (best, bests) = (double.NegativeInfinity, new List<double>());
        foreach (var trial in trials)
        {
            best = Math.Max(best, trial.Value);
            bests.Add(best);
        }

        return new LineChart("History", "mean annual Sharpe ratio of the folds; the line is the best so far")
        {
            NumberAxis = "trial",
            Marks =
            [
                .. trials.Select(t => ((double)t.Number, t.Value, t.Number == outcome.Winner?.Number ? "sell" : "dot", Tip(t))),
            ],
        }.Render(new Series("best so far", "a", [.. trials.Select(t => (double)t.Number)], [.. bests]));
    }

    internal static string Tip(Trial trial) => string.Create(CultureInfo.InvariantCulture, $"trial {trial.Number}, score {trial.Value:F2}: {trial.Point}");
}
