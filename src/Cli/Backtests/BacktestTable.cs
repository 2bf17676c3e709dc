using System.Globalization;
using BtcAgent.Domain.Models;
using BtcAgent.Research.Backtests;
using Spectre.Console;

namespace BtcAgent.Cli.Backtests;

/// <summary>Prints a backtest's result as text.</summary>
internal static class BacktestTable
{
    /// <param name="console">Where to print.</param>
    /// <param name="result">The result.</param>
    /// <param name="verdict">The verdict; null for a replay, which makes recorded decisions again and is not judged.</param>
    public static void Write(IAnsiConsole console, BacktestResult result, Verdict? verdict)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn(result.Strategy).AddColumn(new TableColumn(result.QuoteAsset).RightAligned());
        Row("source", result.Source);
        if (!result.Curve.IsEmpty)
        {
            Row("time of the curve, UTC", $"{Day(result.Curve[0].EventTime)} to {Day(result.Curve[^1].EventTime)}");
        }

        Row("filled at", result.Settings.GetValueOrDefault(BacktestResult.FillSetting, "–"));
        Row("orders", Number(result.Orders, 0));
        Row("round trips", Number(result.RoundTrips.Length, 0));
        Row("won after fees", Number(result.RoundTrips.Count(t => t.NetPnl > 0), 0));
        Row("initial cash", Number(result.InitialCash, 2));
        Row("final cash", Number(result.FinalCash, 2));
        Row("base at the start and end", $"{Number(result.InitialBase, 8)} → {Number(result.FinalBase, 8)}");
        Row("gross profit", Number(result.RoundTrips.Sum(t => t.GrossPnl), 2));
        Row("fees", Number(result.Fees, 2));
        Row("realised profit after fees", Number(result.RealizedPnl, 2));
        foreach (var (code, count) in result.Refusals)
        {
            Row($"refused {code}", Number(count, 0));
        }

        if (result.ModelWindow is { } window)
        {
            console.WriteLine(window.Text);
        }

        if (verdict is not null)
        {
            console.WriteLine(verdict.Headline());
        }

        console.Write(table);
        TradeTables.Write(console, result);

        void Row(string name, string value) => table.AddRow(Markup.Escape(name), Markup.Escape(value));
    }

    private static string Day(Timestamp time) => time.ToDateTimeOffset().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Number(decimal value, int decimals) =>
        value.ToString($"N{decimals}", CultureInfo.InvariantCulture);
}
