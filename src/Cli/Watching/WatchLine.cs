using BtcAgent.Cli.Output;

namespace BtcAgent.Cli.Watching;

/// <summary>Puts an update on one line, for a log or a pipe.</summary>
internal static class WatchLine
{
    public static string Of(WatchUpdate update)
    {
        var parts = new List<string> { Figures.Time(update.At) };
        parts.AddRange(update.Instruments.Select(each => $"{each.Instrument} {Figures.Money(each.Bid)}/{Figures.Money(each.Ask)}"
            + $" {(each.IsConnected ? $"age {Figures.Milliseconds(each.AgeMs)}" : "NO FEED")}"));
        foreach (var portfolio in update.Portfolios)
        {
            parts.Add($"{portfolio.Portfolio} {(portfolio.Mode is { } mode ? Figures.Word(mode) : "no answer")}"
                + $" equity {Figures.Money(portfolio.Equity)} {portfolio.QuoteAsset} today {Figures.Profit(portfolio.DayPnl)} orders {portfolio.OpenOrders}");
            parts.AddRange(portfolio.Positions.Where(each => each.Quantity != 0)
                .Select(each => $"{each.Instrument} {Figures.Exact(each.Quantity)} unrealized {Figures.Profit(each.UnrealizedPnl)}"));
        }

        if (update.Decisions is [var newest, ..])
        {
            parts.Add($"signal {Figures.Word(newest.Direction)} {Figures.Number(newest.Score)} by {newest.Strategy}");
        }

        parts.Add(update.Problems.Count == 0 ? "no problems" : $"PROBLEMS {string.Join(" / ", update.Problems)}");
        return SafeText.Of(string.Join(" | ", parts));
    }
}
