using System.Globalization;
using System.Text;

namespace BtcAgent.Research.Reports.Charts;

/// <summary>Renders lines over time or over a number, as SVG of fixed width that scales with the page.</summary>
/// <param name="title">Title above the chart.</param>
/// <param name="unit">Unit of the vertical axis.</param>
internal sealed class LineChart(string title, string unit)
{
    public const int Width = 960;
    public const int Left = 74;
    public const int Right = 14;

    private const int Top = 10;
    private const int Bottom = 26;
    private const int PixelColumns = Width - Left - Right;

    private readonly StringBuilder _svg = new();

    public int Height { get; init; } = 240;

    /// <summary>Name of a number axis in place of time; null for a time axis.</summary>
    public string? NumberAxis { get; init; }

    /// <summary>Whether the vertical axis must include zero.</summary>
    public bool IncludesZero { get; init; }

    /// <summary>Marks drawn on top: x, y, CSS class, tooltip.</summary>
    public IReadOnlyList<(double X, double Y, string Style, string Tip)> Marks { get; init; } = [];

    public string Render(params Series[] series)
    {
        var xs = series.SelectMany(s => s.Xs).ToArray();
        var ys = series.SelectMany(s => s.Ys).Concat(Marks.Select(m => m.Y)).Where(double.IsFinite).ToArray();
        if (xs.Length < 2 || ys.Length == 0)
        {
            return $"<figure><figcaption>{Html.Text(title)}</figcaption><p class=\"none\">Nothing to show.</p></figure>";
        }

        var (x0, x1) = (xs.Min(), xs.Max());
        var (y0, y1) = Padded(ys);
        double X(double x) => Left + ((x - x0) / Math.Max(x1 - x0, 1e-9) * PixelColumns);
        double Y(double y) => Top + ((y1 - y) / (y1 - y0) * (Height - Top - Bottom));

        _svg.Clear();
        Grid(x0, x1, y0, y1, X, Y);
        foreach (var line in series)
        {
            Line(line, X, Y, Y(Math.Clamp(0, y0, y1)));
        }

        foreach (var (x, y, style, tip) in Marks)
        {
            Add($"<circle class=\"{style}\" cx=\"{X(x):F1}\" cy=\"{Y(y):F1}\" r=\"3.2\"><title>{Html.Text(tip)}</title></circle>");
        }

        var legend = series.Length > 1 ? string.Concat(series.Select(s => $"<span class=\"key {s.Style}\">{Html.Text(s.Name)}</span>")) : "";
        return $"<figure><figcaption>{Html.Text(title)} <small>{Html.Text(unit)}</small>{legend}</figcaption>"
            + $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Html.Text(title)}\">{_svg}</svg></figure>\n";
    }

    private (double Low, double High) Padded(double[] ys)
    {
        var (low, high) = (ys.Min(), ys.Max());
        (low, high) = IncludesZero ? (Math.Min(low, 0), Math.Max(high, 0)) : (low, high);
        var pad = high > low ? (high - low) * 0.04 : Math.Max(Math.Abs(high) * 0.01, 1e-6);
        return (IncludesZero && low == 0 ? 0 : low - pad, IncludesZero && high == 0 ? 0 : high + pad);
    }

    private void Grid(double x0, double x1, double y0, double y1, Func<double, double> toX, Func<double, double> toY)
    {
        var (step, first) = Axis.Round(y0, y1, Height / 48);
        for (var y = first; y <= y1 + (step * 1e-6); y += step)
        {
            Add($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{toY(y):F1}\" y2=\"{toY(y):F1}\"/>");
            Add($"<text class=\"tick\" text-anchor=\"end\" x=\"{Left - 6}\" y=\"{toY(y) + 4:F1}\">{Html.Number(y, step)}</text>");
        }

        var (xStep, xFirst) = NumberAxis is null ? Axis.Time(x0, x1, 8) : Axis.Round(x0, x1, 8);
        for (var x = xFirst; x <= x1 + (xStep * 1e-6); x += xStep)
        {
            var text = NumberAxis is null ? Axis.TimeText(x, xStep) : Html.Number(x, xStep);
            Add($"<line class=\"grid\" x1=\"{toX(x):F1}\" x2=\"{toX(x):F1}\" y1=\"{Top}\" y2=\"{Height - Bottom}\"/>");
            Add($"<text class=\"tick\" text-anchor=\"middle\" x=\"{Math.Clamp(toX(x), Left + 12, Width - 40):F1}\" y=\"{Height - 8}\">{text}</text>");
        }

        if (NumberAxis is not null)
        {
            Add($"<text class=\"tick\" text-anchor=\"end\" x=\"{Width - Right}\" y=\"{Height - Bottom - 5}\">{Html.Text(NumberAxis)}</text>");
        }
    }

    /// <summary>
    /// Draws the smallest and the largest of all points in one column of pixels, so that no extreme is lost.
    /// </summary>
    private void Line(Series series, Func<double, double> toX, Func<double, double> toY, double zero)
    {
        var path = new StringBuilder();
        var (column, low, high, last, start) = (-1, double.NaN, double.NaN, double.NaN, double.NaN);
        var pen = false;
        for (var i = 0; i <= series.Xs.Length; i++)
        {
            var ends = i == series.Xs.Length || !double.IsFinite(series.Ys[i]);
            var at = ends ? -2 : (int)toX(series.Xs[i]);
            if (at != column && column >= 0)
            {
                Point(column, low);
                if (high - low > 0.4 || high - low < -0.4)
                {
                    Point(column, high);
                }

                Point(column, last);
            }

            if (ends)
            {
                if (series.Fill && pen)
                {
                    path.Append(CultureInfo.InvariantCulture, $"L{Math.Max(column, Left)} {zero:F1}L{start:F0} {zero:F1}Z");
                }

                (pen, column) = (false, -1);
                continue;
            }

            var y = toY(series.Ys[i]);
            (low, high) = at == column ? (Math.Max(low, y), Math.Min(high, y)) : (y, y);
            (column, last) = (at, y);
        }

        Add($"<path class=\"{(series.Fill ? "area" : "line")} {series.Style}\" d=\"{path}\"/>");

        void Point(int x, double y)
        {
            start = pen ? start : x;
            path.Append(CultureInfo.InvariantCulture, $"{(pen ? 'L' : 'M')}{x} {y:F1}");
            pen = true;
        }
    }

    private void Add(FormattableString text) => _svg.Append(text.ToString(CultureInfo.InvariantCulture));
}
