using System.Globalization;
using BtcAgent.Research.Backtests;
using Spectre.Console;

namespace BtcAgent.Cli.Backtests;

/// <summary>Prints the round trips of a backtest by reason and by instrument, and what the run left out.</summary>
internal static class TradeTables
{
    public static void Write(IAnsiConsole console, BacktestResult result)
    {
        if (result.RoundTrips.Any(t => t.Exit is not (ExitReason.Signal or ExitReason.EndOfBars)))
        {
            var exits = New("closed by", "round trips", "won", "gross profit", "fees", "net profit");
            foreach (var row in ExitSummary.Of(result.RoundTrips))
            {
                exits.AddRow(row.Name, Whole(row.RoundTrips), Whole(row.Won), Money(row.GrossPnl), Money(row.Fees), Money(row.NetPnl));
            }

            console.Write(exits);
        }

        if (result.Instruments.Length > 0)
        {
            var parts = New("instrument", "bars", "round trips", "won", "gross profit", "fees", "net profit");
            foreach (var part in result.Instruments)
            {
                parts.AddRow(
                    part.Instrument, Whole(part.Steps), Whole(part.RoundTrips), Whole(part.Won), Money(part.GrossPnl), Money(part.Fees), Money(part.NetPnl));
            }

            parts.AddRow(
                "total",
                Whole(result.Steps),
                Whole(result.RoundTrips.Length),
                Whole(result.RoundTrips.Count(t => t.NetPnl > 0)),
                Money(result.RoundTrips.Sum(t => t.GrossPnl)),
                Money(result.Fees),
                Money(result.RealizedPnl));
            console.Write(parts);
        }

        foreach (var remark in Remarks(result))
        {
            console.WriteLine(remark);
        }
    }

    private static IEnumerable<string> Remarks(BacktestResult result)
    {
        if (result.Fills.IsEmpty)
        {
            yield return result.Refusals.Count == 0
                ? $"Nothing was traded: in {Whole(result.Steps)} steps the strategy never wanted a position. Is its longest window longer than the data?"
                : "Nothing was traded: the table counts the refusals by their codes.";
        }

        if (result.Refusals.TryGetValue(BacktestCodes.LongOnly, out var shorts))
        {
            yield return $"{Whole(shorts)} short signals closed the position instead: a spot account has no asset to sell. --base N sells from an inventory of N.";
        }

        foreach (var remark in result.Remarks)
        {
            yield return remark;
        }

        if (!result.NotChecked.IsEmpty)
        {
            var remedy = result.DecisionsHash.Length == 0 ? " --rules runs the same bars through them." : "";
            yield return $"Not checked: {string.Join(", ", result.NotChecked)}.{remedy}";
        }
    }

    private static Table New(string first, params string[] columns)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn(first);
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        return table;
    }

    private static string Whole(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Money(decimal value) => value.ToString("N2", CultureInfo.InvariantCulture);
}
