using System.Globalization;
using System.Text;
using BtcAgent.Research.Optimization.Selection;
using BtcAgent.Research.Reports;
using BtcAgent.Research.Reports.Charts;

namespace BtcAgent.Research.Optimization.Reports;

/// <summary>
/// Renders a search as one self-contained page: the decision in words, the untouched window, the evidence on luck, the trials. The
/// same content gives the same bytes.
/// </summary>
public static class SearchReport
{
    private const string Css = """

        .dots circle{fill:var(--c);opacity:.45}.dots circle.top{fill:var(--a);opacity:.95}.dots circle.won{fill:var(--b);opacity:1}.paths path{fill:none;stroke:var(--c);opacity:.22}.paths path.top{stroke:var(--a);opacity:.75}
        .paths path.won{stroke:var(--b);stroke-width:3;opacity:1}.axis{stroke:var(--soft)}.slices{display:grid;grid-template-columns:repeat(auto-fill,minmax(230px,1fr));gap:10px}.slices figure{margin:0}
        .gate td,.left td:last-child,.left th:last-child{text-align:left;white-space:normal}.gate td:first-child{width:1%}.ok{color:var(--good);font-weight:600}.no{color:var(--bad);font-weight:600}tr.won td{font-weight:600}
        """;

    public static string Render(SearchReportContent content)
    {
        var outcome = content.Outcome;
        var page = new StringBuilder(HtmlReport.Beginning);
        page.Append(CultureInfo.InvariantCulture, $"<title>Search {Html.Text(content.Plan.Defaults.Plan.Name)} {outcome.Id}</title>\n<style>{ReportStyle.Css}{Css}</style></head><body>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"verdict {(outcome.Passes ? "good" : "bad")}\">{Html.Text(outcome.Headline)}</p>\n");
        page.Append(CultureInfo.InvariantCulture, $"<h1>Search for {Html.Text(content.Plan.Defaults.Plan.Name)}</h1>\n<p class=\"soft\">{Html.Text(content.Source)} · search {outcome.Id}</p>\n");
        Tiles(page, content);
        if (outcome.Selection is { } selection)
        {
            page.Append("<h2>Why</h2>\n").Append(Gates(selection, outcome.Untouched is not null));
        }

        page.Append("<h2>Time that the search never saw</h2>\n").Append(UntouchedCharts.Render(outcome));
        if (outcome.Selection is { } judged)
        {
            page.Append("<h2>Is it luck?</h2>\n").Append(LuckCharts.Render(judged));
        }

        page.Append("<h2>The trials</h2>\n").Append(TrialCharts.Render(content.Plan.Space, outcome));
        page.Append("<h2>Folds</h2>\n").Append(FoldTables.Render(outcome));
        page.Append("<h2>Settings</h2>\n");
        Settings(page, content);
        page.Append("<p class=\"soft\">The method is in docs/optimizer.md, with its sources. Returns are after costs; a year has 365 days. “–” means not defined.</p>\n</body></html>\n");
        return page.ToString();
    }

    private static void Tiles(StringBuilder page, SearchReportContent content)
    {
        var (outcome, figures, untouched) = (content.Outcome, content.Outcome.Selection?.Figures, content.Outcome.Evidence?.Untouched);
        page.Append("<div class=\"tiles\">");
        foreach (var (value, name) in new[]
        {
            (untouched is null ? "closed" : Html.Percent(untouched.NetReturn), "after costs in the untouched window"),
            (untouched is null ? Html.Undefined : Html.Percent(untouched.BuyAndHold), "buying and holding in it"),
            (Html.Percent(figures?.UntouchedBound ?? double.NaN), $"a year at least, with {Html.Percent(figures?.BoundConfidence ?? double.NaN, 1)} confidence"),
            (Html.Fixed(outcome.Winner?.Value ?? double.NaN, 2), "Sharpe ratio of the winner, mean of its folds"),
            (Html.Fixed(outcome.Study.Trials.Length, 0), $"trials, which count as {Html.Fixed(figures?.IndependentTrials ?? 0, 0)} independent ones"),
            (Html.Percent(figures?.Luck ?? double.NaN, 1), "chance that the best of them without skill looks this good"),
            (Html.Percent(figures?.DeflatedSharpe ?? double.NaN, 1), "deflated Sharpe ratio, as a probability"),
            (Html.Percent(figures?.Overfitting?.Probability ?? double.NaN, 1), "probability that the choice is overfit"),
        })
        {
            page.Append(CultureInfo.InvariantCulture, $"<div class=\"tile\"><b>{value}</b><span>{Html.Text(name)}</span></div>");
        }

        page.Append("</div>\n");
    }

    private static string Gates(SelectionOutcome selection, bool isOpened)
    {
        var table = new StringBuilder("<div class=\"scroll\"><table class=\"wide gate\">");
        foreach (var reason in selection.Reasons)
        {
            var isClosed = !isOpened && reason.Code.StartsWith("UNTOUCHED_", StringComparison.Ordinal);
            table.Append(CultureInfo.InvariantCulture, $"<tr><td class=\"{(reason.Holds ? "ok" : isClosed ? "soft" : "no")}\">{(reason.Holds ? "holds" : isClosed ? "closed" : "fails")}</td><td>{Html.Text(reason.Text)} <small>{reason.Code}</small></td></tr>");
        }

        return table.Append("</table></div>\n").ToString();
    }

    private static void Settings(StringBuilder page, SearchReportContent content)
    {
        var (plan, outcome) = (content.Plan, content.Outcome);
        (string, string)[] rows =
        [
            ("Winner", outcome.Winner?.Point.ToString() ?? Html.Undefined),
            ("Cost of one side", FormattableString.Invariant($"{plan.Defaults.Plan.CostBps} bps; an order is filled one row after its decision")),
            ("Folds", FormattableString.Invariant($"{plan.Defaults.Plan.Folds}, embargo {plan.Defaults.Plan.Embargo:P1} of the time")),
            ("Seed · lag", FormattableString.Invariant($"{plan.Study.Seed} · {plan.Study.Lag}")),
            ("Data, SHA-256", outcome.DataHash),
            ("Space, SHA-256", plan.Space.Hash),
            ("Notes", string.Join("; ", outcome.Study.Notes.DefaultIfEmpty(Html.Undefined))),
        ];
        page.Append("<div class=\"scroll\"><table class=\"wide\">");
        foreach (var (name, value) in rows)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{name}</td><td>{Html.Text(value)}</td></tr>");
        }

        page.Append("</table></div>\n");
    }
}
