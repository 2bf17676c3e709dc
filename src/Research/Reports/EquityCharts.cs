using System.Globalization;
using System.Text;
using BtcAgent.Research.Backtests;
using BtcAgent.Research.Metrics;
using BtcAgent.Research.Reports.Charts;
using BtcAgent.Research.Tracks;

namespace BtcAgent.Research.Reports;

/// <summary>Charts of equity: against buy and hold, below its peak, by month, and its steadiness.</summary>
internal static class EquityCharts
{
    private const int RollingPeriods = 30;

    public static string Render(ReportContent content)
    {
        var curve = PerformanceMetrics.TradedCurve(content.Result);
        if (curve.Length < 2)
        {
            return "<p class=\"none\">Too few points for a curve.</p>";
        }

        var xs = curve.Select(p => p.EventTime.UnixNanoseconds / 1e9).ToArray();
        var start = curve[0].Equity;
        var held = curve.Select(p => start * p.Price / curve[0].Price).ToArray();
        var equity = curve.Select(p => p.Equity).ToArray();
        var page = new StringBuilder();
        page.Append(new LineChart("Equity", content.Result.QuoteAsset) { Height = 300 }.Render(
            new Series("strategy, after costs", "a", xs, equity), new Series("buy and hold", "c", xs, held)));
        page.Append(new LineChart("Drawdown", "% below the peak") { Height = 170, IncludesZero = true }.Render(
            new Series("drawdown", "b", xs, Below(equity), Fill: true)));
        page.Append(new LineChart("Exposure", "position over equity") { Height = 150, IncludesZero = true }.Render(
            new Series("exposure", "a", xs, [.. curve.Select(p => p.Exposure)])));
        page.Append(Rolling(content.Track));
        page.Append(Months(curve));
        var returns = content.Track.Returns;
        page.Append("<div class=\"pair\">").Append(BarChart.Histogram(
            $"Returns per {content.Metrics.Period.Name}",
            "%, lines at VaR 95 and 99",
            [.. returns.Where(r => r != 0).Select(r => 100 * r)],
            ("95", 100 * content.Metrics.ValueAtRisk95),
            ("99", 100 * content.Metrics.ValueAtRisk99))).Append("</div>");
        return page.ToString();
    }

    private static double[] Below(double[] equity)
    {
        var peak = double.NegativeInfinity;
        return [.. equity.Select(e => 100 * ((e / (peak = Math.Max(peak, e))) - 1))];
    }

    private static string Rolling(EquityTrack track)
    {
        var period = track.Period;
        var returns = track.Returns.AsSpan();
        var (xs, ys) = (new List<double>(), new List<double>());
        var first = EquityRecorder.StartOf(track.From, period);
        for (var i = RollingPeriods; i <= returns.Length; i++)
        {
            xs.Add((first + (period.Length * i)).UnixNanoseconds / 1e9);
            ys.Add(ReturnStatistics.Sharpe(returns.Slice(i - RollingPeriods, RollingPeriods), period.PerYear));
        }

        return new LineChart($"Rolling Sharpe ratio over {RollingPeriods} {period.Name}s", "annual") { Height = 170, IncludesZero = true }
            .Render(new Series("Sharpe", "a", [.. xs], [.. ys]));
    }

    private static string Months(CurvePoint[] curve)
    {
        var months = new SortedDictionary<(int Year, int Month), double>();
        foreach (var point in curve)
        {
            // A point at midnight belongs to the day that ends.
            var time = point.EventTime.ToDateTimeOffset().AddTicks(-1);
            months[(time.Year, time.Month)] = point.Equity;
        }

        var page = new StringBuilder("<figure><figcaption>Returns by month <small>%</small></figcaption><div class=\"scroll\"><table><tr><th>year</th>");
        for (var month = 1; month <= 12; month++)
        {
            page.Append(CultureInfo.InvariantCulture, $"<th>{CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedMonthName(month)}</th>");
        }

        page.Append("<th>year</th></tr>");
        var before = curve[0].Equity;
        foreach (var year in months.Keys.Select(k => k.Year).Distinct())
        {
            var opening = before;
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{year}</td>");
            for (var month = 1; month <= 12; month++)
            {
                if (!months.TryGetValue((year, month), out var equity))
                {
                    page.Append("<td></td>");
                    continue;
                }

                page.Append(Cell((equity / before) - 1));
                before = equity;
            }

            page.Append(Cell((before / opening) - 1)).Append("</tr>");
        }

        return page.Append("</table></div></figure>\n").ToString();
    }

    /// <summary>A cell shaded by size; full at 10 %.</summary>
    private static string Cell(double value)
    {
        var share = Math.Min(1, Math.Abs(value) / 0.1) * 60;
        var color = value >= 0 ? "--good" : "--bad";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<td style=\"background:color-mix(in srgb,var({color}) {share:F0}%,transparent)\">{Html.Fixed(100 * value, 2)}</td>");
    }
}
