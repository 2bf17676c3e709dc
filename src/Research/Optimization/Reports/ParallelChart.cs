using System.Globalization;
using System.Text;
using BtcAgent.Research.Optimization.Spaces;
using BtcAgent.Research.Optimization.Studies;
using BtcAgent.Research.Reports.Charts;

namespace BtcAgent.Research.Optimization.Reports;

/// <summary>One line per trial across an axis per parameter, the score last.</summary>
internal static class ParallelChart
{
    private const int Width = 960;
    private const int Height = 300;
    private const int Top = 64;
    private const int Bottom = 24;
    private const int Side = 30;

    public static string Render(SearchSpace space, IReadOnlyList<Trial> trials, HashSet<int> top, Trial? winner)
    {
        var axes = space.Parameters;
        var step = (Width - (2.0 * Side)) / axes.Length;
        var (low, high) = (trials.Min(t => t.Value), trials.Max(t => t.Value));
        var svg = new StringBuilder();
        for (var i = 0; i <= axes.Length; i++)
        {
            var x = Side + (i * step);
            var (name, first, last) = i < axes.Length
                ? (axes[i].Name, Text(axes[i].FromUnit(0)), Text(axes[i].FromUnit(1)))
                : ("score", Html.Fixed(low, 1), Html.Fixed(high, 1));
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"axis\" x1=\"{x:F1}\" x2=\"{x:F1}\" y1=\"{Top}\" y2=\"{Height - Bottom}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"name\" transform=\"translate({x + 3:F1} {Top - 16}) rotate(-28)\">{Html.Text(name)}</text>");
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" text-anchor=\"middle\" x=\"{x:F1}\" y=\"{Height - 9}\">{Html.Text(first)}</text><text class=\"tick\" text-anchor=\"middle\" x=\"{x:F1}\" y=\"{Top - 4}\">{Html.Text(last)}</text>");
        }

        svg.Append("<g class=\"paths\">");
        foreach (var trial in trials.OrderBy(t => t.Number == winner?.Number ? 2 : top.Contains(t.Number) ? 1 : 0).ThenBy(t => t.Number))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"{Style(trial, top, winner)}\" d=\"{Path(trial)}\"><title>{Html.Text(TrialCharts.Tip(trial))}</title></path>");
        }

        svg.Append("</g>");
        return $"<figure><figcaption>Parallel coordinates <small>a line per trial: the best tenth in blue, the winner in orange</small></figcaption><svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"Parallel coordinates\">{svg}</svg></figure>\n";

        string Path(Trial trial)
        {
            // A parameter that is inactive in this trial is passed by.
            var path = new StringBuilder();
            for (var i = 0; i < axes.Length; i++)
            {
                if (trial.Point.TryGet(axes[i].Name, out var value))
                {
                    Add(path, Side + (i * step), axes[i].ToUnit(value));
                }
            }

            Add(path, Side + (axes.Length * step), high > low ? (trial.Value - low) / (high - low) : 0.5);
            return path.ToString();
        }
    }

    internal static string Style(Trial trial, HashSet<int> top, Trial? winner) =>
        trial.Number == winner?.Number ? "won" : top.Contains(trial.Number) ? "top" : "rest";

    internal static string Text(ParameterValue value) =>
        value.Kind == ParameterKind.Number ? value.Number.ToString("0.###", CultureInfo.InvariantCulture) : value.ToString();

    private static void Add(StringBuilder path, double x, double unit) => path.Append(
        CultureInfo.InvariantCulture, $"{(path.Length == 0 ? 'M' : 'L')}{x:F1} {Height - Bottom - (unit * (Height - Bottom - Top)):F1}");
}
