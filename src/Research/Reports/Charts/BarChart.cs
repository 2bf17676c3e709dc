using System.Globalization;
using System.Text;

namespace BtcAgent.Research.Reports.Charts;

/// <summary>Renders histograms and horizontal bars.</summary>
internal static class BarChart
{
    private const int Bins = 48;
    private const int Height = 200;
    private const int RowHeight = 20;
    private const int LabelWidth = 210;

    /// <param name="title">Title above the chart.</param>
    /// <param name="unit">Unit of the values.</param>
    /// <param name="values">Values, counted in bins of equal width; the outermost half per cent on each side share the end
    /// bins.</param>
    /// <param name="lines">Vertical lines with their names.</param>
    public static string Histogram(string title, string unit, double[] values, params (string Name, double X)[] lines)
    {
        var sorted = values.Where(double.IsFinite).Order().ToArray();
        if (sorted.Length < 2)
        {
            return $"<figure class=\"half\"><figcaption>{Html.Text(title)}</figcaption><p class=\"none\">Nothing to show.</p></figure>";
        }

        var (low, high) = (sorted[(int)(0.005 * sorted.Length)], sorted[(int)(0.995 * (sorted.Length - 1))]);
        (low, high) = high > low ? (low, high) : (low - 0.5, high + 0.5);
        var counts = new int[Bins];
        foreach (var value in sorted)
        {
            counts[Math.Clamp((int)((value - low) / (high - low) * Bins), 0, Bins - 1)]++;
        }

        const int Width = 470;
        const int Left = 10;
        var svg = new StringBuilder();
        double X(double x) => Left + ((x - low) / (high - low) * (Width - (2 * Left)));
        for (var i = 0; i < Bins; i++)
        {
            var height = (double)counts[i] / counts.Max() * (Height - 46);
            var width = (Width - (2.0 * Left)) / Bins;
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"bar a\" x=\"{Left + (i * width):F1}\" y=\"{Height - 26 - height:F1}\" width=\"{width - 1:F1}\" height=\"{height:F1}\"><title>{counts[i]}</title></rect>");
        }

        var (step, first) = Axis.Round(low, high, 6);
        for (var x = first; x <= high; x += step)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" text-anchor=\"middle\" x=\"{X(x):F1}\" y=\"{Height - 8}\">{Html.Number(x, step)}</text>");
        }

        foreach (var (name, x) in lines.Where(l => l.X >= low && l.X <= high))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"mark\" x1=\"{X(x):F1}\" x2=\"{X(x):F1}\" y1=\"14\" y2=\"{Height - 26}\"/><text class=\"tick\" x=\"{X(x) + 3:F1}\" y=\"20\">{Html.Text(name)}</text>");
        }

        return $"<figure class=\"half\"><figcaption>{Html.Text(title)} <small>{Html.Text(unit)}, n = {sorted.Length.ToString("N0", CultureInfo.InvariantCulture)}</small></figcaption><svg viewBox=\"0 0 {Width} {Height}\">{svg}</svg></figure>\n";
    }

    /// <param name="title">Title above the chart.</param>
    /// <param name="unit">Unit of the values.</param>
    /// <param name="rows">Name and value; a negative value extends to the left.</param>
    public static string Rows(string title, string unit, IReadOnlyList<(string Name, double Value)> rows)
    {
        var low = Math.Min(0, rows.Select(r => r.Value).DefaultIfEmpty(0).Min());
        var high = Math.Max(0, rows.Select(r => r.Value).DefaultIfEmpty(0).Max());
        if (high - low <= 0)
        {
            return $"<figure class=\"half\"><figcaption>{Html.Text(title)}</figcaption><p class=\"none\">Nothing to show.</p></figure>";
        }

        const int Width = 470;
        const int ValueWidth = 84;
        var scale = (Width - LabelWidth - ValueWidth) / (high - low);
        var zero = LabelWidth - (low * scale);
        var svg = new StringBuilder();
        for (var i = 0; i < rows.Count; i++)
        {
            var (name, value) = rows[i];
            var (x, width) = value >= 0 ? (zero, value * scale) : (zero + (value * scale), -value * scale);
            var y = (i * RowHeight) + 4;
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"name\" text-anchor=\"end\" x=\"{LabelWidth - 8}\" y=\"{y + 12}\">{Html.Text(name)}</text>");
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"bar {(value >= 0 ? "a" : "b")}\" x=\"{x:F1}\" y=\"{y}\" width=\"{Math.Max(width, 0.5):F1}\" height=\"{RowHeight - 6}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" x=\"{Width - ValueWidth + 6}\" y=\"{y + 12}\">{Html.Number(value, (high - low) / 100)}</text>");
        }

        return $"<figure class=\"half\"><figcaption>{Html.Text(title)} <small>{Html.Text(unit)}</small></figcaption><svg viewBox=\"0 0 {Width} {(rows.Count * RowHeight) + 8}\">{svg}</svg></figure>\n";
    }
}
