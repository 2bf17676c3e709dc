using System.Globalization;
using System.Text;
using BtcAgent.Domain.Models;
using BtcAgent.Research.Reports.Charts;

namespace BtcAgent.Research.Reports;

/// <summary>
/// Renders one self-contained page: verdict, key figures, charts, tables. The same content gives the same bytes.
/// </summary>
public static class HtmlReport
{
    /// <summary>The same in every page.</summary>
    internal const string Beginning =
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n";

    public static string Render(ReportContent content)
    {
        var verdict = content.Verdict;
        var page = new StringBuilder();
        page.Append(Beginning);
        page.Append(CultureInfo.InvariantCulture, $"<title>{Html.Text(content.Title)}</title>\n<style>{ReportStyle.Css}</style></head><body>\n");
        Headline(page, content, verdict);
        page.Append("<h2>Equity and risk</h2>\n").Append(EquityCharts.Render(content));
        page.Append("<h2>Trades and costs</h2>\n").Append(TradeCharts.Render(content));
        if (content.Training is { } training)
        {
            page.Append("<h2>The model, judged out of sample</h2>\n").Append(ModelCharts.Render(training, content.Metrics));
        }

        if (content.Result.Sweep is { } sweep)
        {
            page.Append(SweepCharts.Render(sweep, content.Metrics.DeflatedSharpe));
        }

        page.Append("<h2>Reasons for the verdict</h2>\n");
        Table(page, [.. verdict.Reasons.Select(r => ($"{r.Code}, {(r.Holds ? "holds" : "does not hold")}", r.Text))]);
        page.Append("<h2>All figures</h2>\n");
        Figures(page, content);
        page.Append("<h2>Settings and lineage</h2>\n");
        Table(page, [.. content.Result.Settings.Concat(content.Lineage).Select(p => (p.Key, p.Value))]);
        page.Append("<p class=\"soft\">Figures are defined in docs/metrics.md with their sources. Returns are after costs; a year has 365 days. “–” means not defined.</p>\n</body></html>\n");
        return page.ToString();
    }

    private static void Headline(StringBuilder page, ReportContent content, Verdict verdict)
    {
        var (result, m) = (content.Result, content.Metrics);
        var style = verdict.Survives ? " good" : verdict.State == VerdictState.NotJudged ? "" : " bad";
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"verdict{style}\">{Html.Text(verdict.Headline())}</p>\n");
        page.Append(CultureInfo.InvariantCulture, $"<h1>{Html.Text(content.Title)}</h1>\n<p class=\"soft\">{Html.Text(result.Instrument)} · {Html.Text(result.Source)}");
        if (!result.Curve.IsEmpty)
        {
            page.Append(CultureInfo.InvariantCulture, $" · {Html.Day(result.Curve[0].EventTime)} to {Html.Day(result.Curve[^1].EventTime)} UTC");
        }

        if (result.ModelWindow is { } window)
        {
            page.Append(CultureInfo.InvariantCulture, $" · {Html.Text(window.Text)}");
        }

        page.Append("</p>\n<div class=\"tiles\">");
        foreach (var (value, name) in new[]
        {
            (Html.Percent(m.TotalReturn), "return after costs"),
            (Html.Percent(m.BuyAndHoldReturn), "buy and hold"),
            (Html.Fixed(m.Sharpe, 2), "Sharpe ratio, annual"),
            (Html.Percent(m.MaxDrawdown.Depth), $"deepest drawdown, longest {Html.Span(m.MaxDrawdown.Longest)}"),
            (Html.Fixed(m.ProfitFactor, 2), "profit factor"),
            (Html.Percent(m.WinRate, 1), $"won, of {result.RoundTrips.Length.ToString("N0", CultureInfo.InvariantCulture)} round trips"),
            (Html.Fixed(m.Expectancy, 2), $"{result.QuoteAsset} per round trip"),
            (Html.Percent(m.Exposure, 1), "of the time in the market"),
            (Html.Fixed(m.Fees + m.Slippage, 0), $"{result.QuoteAsset} fees and slippage"),
            (Html.Percent(m.DeflatedSharpe, 0), "probability that it is not luck (deflated Sharpe)"),
        })
        {
            page.Append(CultureInfo.InvariantCulture, $"<div class=\"tile\"><b>{value}</b><span>{Html.Text(name)}</span></div>");
        }

        page.Append("</div>\n");
    }

    private static void Figures(StringBuilder page, ReportContent content)
    {
        var m = content.Metrics;
        Table(page,
        [
            ("CAGR", Html.Percent(m.Cagr)),
            ("Volatility, annual", Html.Percent(m.Volatility)),
            ("Sharpe · Sortino · Calmar", $"{Html.Fixed(m.Sharpe, 2)} · {Html.Fixed(m.Sortino, 2)} · {Html.Fixed(m.Calmar, 2)}"),
            ("Deepest drawdown", $"{Html.Percent(m.MaxDrawdown.Depth)}, {Html.Day(m.MaxDrawdown.Peak)} to {Html.Day(m.MaxDrawdown.Trough)}, {(m.MaxDrawdown.Recovered is { } r ? $"recovered {Html.Day(r)}" : "not recovered")}"),
            ($"VaR 95 · 99 per {m.Period.Name}", $"{Html.Percent(m.ValueAtRisk95, 3)} · {Html.Percent(m.ValueAtRisk99, 3)}"),
            ($"CVaR 95 · 99 per {m.Period.Name}", $"{Html.Percent(m.ConditionalValueAtRisk95, 3)} · {Html.Percent(m.ConditionalValueAtRisk99, 3)}"),
            ("Skewness · kurtosis of returns", $"{Html.Fixed(m.Skewness, 2)} · {Html.Fixed(m.Kurtosis, 2)}"),
            ("Probabilistic · deflated Sharpe", $"{Html.Percent(m.ProbabilisticSharpe, 1)} · {Html.Percent(m.DeflatedSharpe, 1)}"),
            ("Profit factor · expectancy", $"{Html.Fixed(m.ProfitFactor, 3)} · {Html.Fixed(m.Expectancy, 4)} {content.Result.QuoteAsset}"),
            ("Turnover", $"{Html.Fixed(m.Turnover, 1)} × equity a year"),
            ("Orders · fills · steps", $"{Html.Fixed(content.Result.Orders, 0)} · {Html.Fixed(content.Result.Fills.Length, 0)} · {Html.Fixed(content.Result.Steps, 0)}"),
            ("Refused", content.Result.Refusals.Count == 0 ? Html.Undefined : string.Join(", ", content.Result.Refusals.Select(p => $"{p.Key} {p.Value}"))),
        ]);
    }

    private static void Table(StringBuilder page, IReadOnlyList<(string Name, string Value)> rows)
    {
        page.Append("<div class=\"scroll\"><table class=\"wide\">");
        foreach (var (name, value) in rows)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Html.Text(name)}</td><td>{Html.Text(value)}</td></tr>");
        }

        page.Append("</table></div>\n");
    }
}
