using System.Globalization;
using System.Text;
using BtcAgent.Research.Calibration;
using BtcAgent.Research.Metrics;
using BtcAgent.Research.Reports.Charts;
using BtcAgent.Research.Training;

namespace BtcAgent.Research.Reports;

/// <summary>Charts of a model's evaluation: folds, calibration, importance, and the probability of luck.</summary>
internal static class ModelCharts
{
    private const int FeaturesShown = 18;
    private const int RowsPerDot = 30;

    public static string Render(TrainingRun run, PerformanceMetrics metrics)
    {
        var page = new StringBuilder(Folds(run));
        page.Append("<div class=\"pair\">").Append(Calibration(run)).Append(BarChart.Rows(
            "Feature importance", "total gain of its splits", [.. run.Importance.Take(FeaturesShown).Where(f => f.Gain > 0).Select(f => (f.Name, f.Gain))]));
        page.Append("</div>\n<p>");
        page.Append(CultureInfo.InvariantCulture, $"AUC {Html.Fixed(run.Calibrated.Auc, 4)}, log loss {Html.Fixed(run.Calibrated.LogLoss, 5)}, Brier {Html.Fixed(run.Calibrated.Brier, 5)}, calibration error {Html.Fixed(run.Uncalibrated.ExpectedCalibrationError, 4)} before and {Html.Fixed(run.Calibrated.ExpectedCalibrationError, 4)} after calibration. ");
        page.Append(CultureInfo.InvariantCulture, $"{run.Trials} entry thresholds were tried, which count as {run.IndependentTrials} independent trials; probability of overfitting {Html.Percent(run.OverfittingProbability, 0)}; deflated Sharpe ratio {Html.Percent(metrics.DeflatedSharpe, 1)}.</p>\n");
        page.Append(AblationTable.Render(run.Ablation));
        if (run.Checks is { } checks)
        {
            page.Append("<ul>").AppendJoin("", checks.Lines().Select(l => $"<li>{Html.Text(l)}</li>")).Append("</ul>\n");
        }

        return page.ToString();
    }

    private static string Folds(TrainingRun run)
    {
        var page = new StringBuilder("<div class=\"scroll\"><table><tr><th>fold</th><th>trained until</th><th>rows</th><th>tested from</th><th>to</th><th>rows</th><th>trees</th><th>AUC</th><th>log loss</th><th>Brier</th><th>entry at</th><th>trades</th><th>net return</th></tr>");
        foreach (var f in run.Folds)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{f.Fold}</td><td>{Html.Day(f.TrainTo)}</td><td>{f.TrainRows:N0}</td><td>{Html.Day(f.TestFrom)}</td><td>{Html.Day(f.TestTo)}</td><td>{f.TestRows:N0}</td><td>{f.Trees}</td><td>{Html.Fixed(f.Auc, 4)}</td><td>{Html.Fixed(f.LogLoss, 5)}</td><td>{Html.Fixed(f.Brier, 5)}</td><td>{(f.EntryConfidence > 1 ? "never" : Html.Fixed(f.EntryConfidence, 3))}</td><td>{f.RoundTrips:N0}</td><td>{Html.Percent(f.NetReturn)}</td></tr>");
        }

        return page.Append("</table></div>\n").ToString();
    }

    private static string Calibration(TrainingRun run)
    {
        var after = Bins(run.Calibrated);
        var before = Bins(run.Uncalibrated);
        if (after.Length == 0)
        {
            return "";
        }

        var all = after.Concat(before).ToArray();
        double[] ends = [all.Min(b => Math.Min(b.Predicted, b.Observed)), all.Max(b => Math.Max(b.Predicted, b.Observed))];
        return new LineChart("Calibration", "observed share; filled after calibration, rings before")
        {
            Height = 460,
            NumberAxis = "predicted probability of a rise",
            Marks =
            [
                .. before.Select(b => (b.Predicted, b.Observed, "ring", Tip(b))),
                .. after.Select(b => (b.Predicted, b.Observed, "dot", Tip(b))),
            ],
        }.Render(new Series("as predicted", "c", ends, ends));
    }

    private static ReliabilityBin[] Bins(ReliabilityFigures figures) => [.. figures.Bins.Where(b => b.Count >= RowsPerDot)];

    private static string Tip(ReliabilityBin bin) => string.Create(
        CultureInfo.InvariantCulture, $"predicted {bin.Predicted:F3}, observed {bin.Observed:F3}, {bin.Count} rows");
}
