using System.Globalization;
using System.Text;
using BtcAgent.Research.Backtests;
using BtcAgent.Research.Reports.Charts;

namespace BtcAgent.Research.Reports;

/// <summary>Charts of trades: price, delay, slippage, and costs.</summary>
internal static class TradeCharts
{
    private const int MarksMax = 300;

    public static string Render(ReportContent content)
    {
        var (result, m) = (content.Result, content.Metrics);
        if (result.Fills.IsEmpty)
        {
            return "<p class=\"none\">Nothing was traded.</p>\n" + RoundTripTables.Render(result);
        }

        var page = new StringBuilder(OnPrice(result));
        page.Append("<div class=\"pair\">");
        page.Append(BarChart.Rows("Where the profit went", result.QuoteAsset,
        [
            ("before costs", m.GrossProfit), ("fees", -m.Fees), ("slippage", -m.Slippage), ("after costs", m.NetProfit),
        ]));
        page.Append(BarChart.Histogram(
            "Profit of round trips", $"{result.QuoteAsset}, after fees", [.. result.RoundTrips.Select(t => (double)t.NetPnl)], ("0", 0)));
        page.Append(BarChart.Histogram("Slippage of fills", "bps against the price at the decision", [.. result.Fills.Select(SlippageBps)], ("0", 0)));
        page.Append(BarChart.Histogram("From decision to fill", "ms of event time", [.. result.Fills.Select(f => f.DelayMs)]));
        return page.Append("</div>\n").Append(RoundTripTables.Render(result)).ToString();
    }

    private static double SlippageBps(BacktestFill fill) =>
        fill.ReferencePrice > 0 ? (double)(1e4m * fill.Slippage / (fill.ReferencePrice * fill.Quantity)) : double.NaN;

    /// <summary>All fills when they are few, otherwise the last ones, with the price around them.</summary>
    private static string OnPrice(BacktestResult result)
    {
        var fills = result.Fills.Length <= MarksMax ? result.Fills : result.Fills[^MarksMax..];
        var from = fills.Length == result.Fills.Length ? result.Curve[0].EventTime : fills[0].EventTime;
        var to = fills.Length == result.Fills.Length ? result.Curve[^1].EventTime : fills[^1].EventTime;
        var points = result.Curve.Where(p => p.EventTime >= from && p.EventTime <= to).ToArray();
        var which = fills.Length == result.Fills.Length ? "all fills" : string.Create(
            CultureInfo.InvariantCulture, $"the last {fills.Length} of {result.Fills.Length:N0} fills");
        return new LineChart($"Trades on price, {which}", $"{result.QuoteAsset}; blue buys, orange sells")
        {
            Height = 280,
            Marks =
            [
                .. fills.Select(f => (
                    f.EventTime.UnixNanoseconds / 1e9,
                    (double)f.Price,
                    f.Side == Side.Buy ? "buy" : "sell",
                    string.Create(CultureInfo.InvariantCulture, $"{f.Side} {f.Quantity:0.########} at {f.Price:0.########}, {Html.Day(f.EventTime)}"))),
            ],
        }.Render(new Series("price", "c", [.. points.Select(p => p.EventTime.UnixNanoseconds / 1e9)], [.. points.Select(p => p.Price)]));
    }
}
