using System.Globalization;
using System.Text;
using BtcAgent.Research.Optimization.Spaces;
using BtcAgent.Research.Optimization.Studies;
using BtcAgent.Research.Reports.Charts;

namespace BtcAgent.Research.Optimization.Reports;

/// <summary>The score of each trial over one parameter.</summary>
internal static class SliceChart
{
    private const int Width = 240;
    private const int Height = 150;
    private const int Left = 34;
    private const int Bottom = 20;
    private const int Pad = 8;

    /// <summary>Choices are spread a little, so that their dots do not cover each other.</summary>
    private const double Spread = 0.6;

    public static string Render(SearchParameter parameter, IReadOnlyList<Trial> trials, HashSet<int> top, Trial? winner)
    {
        var active = trials.Where(t => t.Point.TryGet(parameter.Name, out _)).ToArray();
        if (active.Length == 0)
        {
            return "";
        }

        var (low, high) = (trials.Min(t => t.Value), trials.Max(t => t.Value));
        var svg = new StringBuilder();
        double Y(double value) => Pad + ((high - value) / Math.Max(high - low, 1e-9) * (Height - Bottom - (2 * Pad)));
        double X(double unit) => Left + (unit * (Width - Left - Pad));
        var (step, first) = Axis.Round(low, high, 3);
        for (var y = first; y <= high; y += step)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Pad}\" y1=\"{Y(y):F1}\" y2=\"{Y(y):F1}\"/><text class=\"tick\" text-anchor=\"end\" x=\"{Left - 4}\" y=\"{Y(y) + 4:F1}\">{Html.Number(y, step)}</text>");
        }

        foreach (var (text, unit, anchor) in Ticks(parameter))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" text-anchor=\"{anchor}\" x=\"{X(unit):F1}\" y=\"{Height - 5}\">{Html.Text(text)}</text>");
        }

        svg.Append("<g class=\"dots\">");
        foreach (var trial in active.OrderBy(t => t.Number == winner?.Number ? 2 : top.Contains(t.Number) ? 1 : 0).ThenBy(t => t.Number))
        {
            var style = ParallelChart.Style(trial, top, winner);
            svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"{style}\" cx=\"{X(Unit(parameter, trial)):F1}\" cy=\"{Y(trial.Value):F1}\" r=\"{(style == "won" ? 4 : 2.6):F1}\"><title>{Html.Text(TrialCharts.Tip(trial))}</title></circle>");
        }

        return $"<figure><figcaption>{Html.Text(parameter.Name)}</figcaption><svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Html.Text(parameter.Name)}\">{svg}</g></svg></figure>";
    }

    private static double Unit(SearchParameter parameter, Trial trial)
    {
        var unit = parameter.ToUnit(trial.Point[parameter.Name]);
        return parameter is ChoiceParameter choices
            ? unit + (Spread / choices.Values.Length * ((trial.Number * 0.618034 % 1) - 0.5))
            : unit;
    }

    private static IEnumerable<(string Text, double Unit, string Anchor)> Ticks(SearchParameter parameter) => parameter is ChoiceParameter choices
        ? choices.Values.Select((value, i) => (value, (i + 0.5) / choices.Values.Length, "middle"))
        : [(ParallelChart.Text(parameter.FromUnit(0)), 0, "start"), (ParallelChart.Text(parameter.FromUnit(0.5)), 0.5, "middle"), (ParallelChart.Text(parameter.FromUnit(1)), 1, "end")];
}
