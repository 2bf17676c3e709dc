using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Cli.Watching;

/// <summary>
/// Lays out an update for a terminal: what needs an operator on top, then market, books and signal, and the decisions in the rest.
/// Has exactly as many lines as the terminal, none wider than it.
/// </summary>
internal static class WatchScreen
{
    private const int ProblemsShown = 3;
    private const int ListShown = 4;

    /// <param name="update">The update; null before the first answer.</param>
    /// <param name="agent">Address of the agent.</param>
    /// <param name="failure">Why there is no newer update; null when there is.</param>
    /// <param name="now">This machine's clock.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="height">Lines of the terminal.</param>
    /// <param name="polling">Why the agent is polled in place of its events; null when it is not.</param>
    public static IReadOnlyList<ScreenLine> Draw(
        WatchUpdate? update, string agent, string? failure, DateTimeOffset now, int width, int height, string? polling = null)
    {
        var lines = new List<ScreenLine> { Head(update, agent, now, width) };
        if (failure is not null)
        {
            var old = update is null ? "" : $" for {Figures.Duration(now - update.At)}, the figures below are old";
            lines.AddRange(Alarm($"NO ANSWER{old}: {failure}", width));
        }

        if (update is not null)
        {
            lines.AddRange(Problems(update, isNow: failure is null, width));
            lines.AddRange(Market(update, width));
            lines.AddRange(Books(update, width));
            lines.Add(Signal(update, now));
            lines.Add(new($"{(update.TickToOrderP99Ms is { } p99 ? $"tick to order p99 {Figures.Milliseconds(p99)}   " : "")}{Feed(polling)}", Tone.Quiet));
            lines.AddRange(Decisions(update, Math.Max(0, height - lines.Count - 2), width));
        }

        const int Foot = 1;
        var shown = lines.Take(Math.Max(0, height - Foot)).Select(line => line with { Text = TextTable.Cut(SafeText.Of(line.Text), width) }).ToList();
        while (shown.Count < height - Foot)
        {
            shown.Add(new(""));
        }

        shown.Add(new(TextTable.Cut("q or Ctrl-C leaves   btcagent explain ID   btcagent halt   btcagent flatten", width), Tone.Quiet));
        return shown;
    }

    private static string Feed(string? polling) => polling is null ? "live by events" : $"polling, since there are no events: {polling}";

    private static ScreenLine Head(WatchUpdate? update, string agent, DateTimeOffset now, int width)
    {
        var clock = Figures.Time(now);
        var left = update is null ? $"{agent}  connecting" : $"{agent}  {update.Mode}  {(update.IsArmed ? "armed" : "DISARMED")}";
        var room = width - clock.Length - 1;
        var text = room > 0 ? $"{TextTable.Cut(left, room).PadRight(room)} {clock}" : left;
        return new(text, update?.Mode.StartsWith("LIVE", StringComparison.Ordinal) == true ? Tone.Alarm : Tone.Normal);
    }

    private static IEnumerable<ScreenLine> Problems(WatchUpdate update, bool isNow, int width) =>
    [
        .. update.Problems.Count == 0 && isNow ? [new ScreenLine("no problems", Tone.Good)] : Array.Empty<ScreenLine>(),
        .. update.Problems.Take(ProblemsShown).SelectMany(problem => Alarm(problem, width)),
        .. update.Problems.Count > ProblemsShown ? Alarm($"{update.Problems.Count - ProblemsShown} more: btcagent status", width) : [],
        new ScreenLine(""),
    ];

    /// <summary>A sentence over at most two lines, since its end says what to do.</summary>
    private static IEnumerable<ScreenLine> Alarm(string sentence, int width)
    {
        const string Mark = "! ";
        var room = Math.Max(1, width - Mark.Length);
        var safe = SafeText.Of(sentence);
        if (safe.Length <= room)
        {
            return [new(Mark + safe, Tone.Alarm)];
        }

        var space = safe.LastIndexOf(' ', room);
        var end = space > room / 2 ? space : room;
        return [new(Mark + safe[..end], Tone.Alarm), new($"  {safe[end..].TrimStart()}", Tone.Alarm)];
    }

    private static IEnumerable<ScreenLine> Market(WatchUpdate update, int width)
    {
        var table = new TextTable("INSTRUMENT", ">BID", ">ASK", ">SPREAD", ">LAST", ">AGE");
        foreach (var each in update.Instruments.Take(ListShown))
        {
            table.Add(
                each.Instrument,
                Figures.Money(each.Bid),
                Figures.Money(each.Ask),
                $"{Figures.Number(each.SpreadBps, "0.00")} bps",
                Figures.Money(each.LastPrice),
                each.IsConnected ? Figures.Milliseconds(each.AgeMs) : "NO FEED");
        }

        return Rows(table, width, row => update.Instruments[row].IsConnected ? Tone.Normal : Tone.Alarm);
    }

    private static IEnumerable<ScreenLine> Books(WatchUpdate update, int width)
    {
        var table = new TextTable("PORTFOLIO", "MODE", ">EQUITY", ">TODAY", ">REALIZED", ">DRAWDOWN", ">ORDERS");
        foreach (var each in update.Portfolios.Take(ListShown))
        {
            table.Add(
                each.Portfolio,
                each.Mode is { } mode ? Figures.Word(mode) : "no answer",
                $"{Figures.Money(each.Equity)} {each.QuoteAsset}",
                Figures.Profit(each.DayPnl),
                Figures.Profit(each.NetRealizedPnl),
                Figures.Percent(each.Drawdown),
                $"{each.OpenOrders}");
        }

        var positions = new TextTable("POSITION", "OF", ">QUANTITY", ">AVERAGE", ">UNREALIZED");
        foreach (var (portfolio, position) in update.Portfolios.SelectMany(p => p.Positions.Select(each => (p, each))).Take(ListShown))
        {
            positions.Add(
                position.Instrument,
                portfolio.Portfolio,
                position.Quantity == 0 ? "flat" : Figures.Exact(position.Quantity),
                Figures.Money(position.AveragePrice),
                $"{Figures.Profit(position.UnrealizedPnl)} {portfolio.QuoteAsset}");
        }

        return
        [
            .. Rows(table, width, row => update.Portfolios[row].Mode == BreakerMode.Active ? Tone.Normal : Tone.Alarm),
            .. positions.Rows > 0 ? Rows(positions, width, _ => Tone.Normal) : [],
        ];
    }

    private static ScreenLine Signal(WatchUpdate update, DateTimeOffset now) => update.Decisions is [var newest, ..]
        ? new($"SIGNAL {Figures.Word(newest.Direction)}  {newest.Strategy} ({newest.ModelId})  score {Figures.Number(newest.Score)}  "
            + $"confidence {Figures.Number(newest.Confidence, "0.00")}  {Figures.Duration(now - newest.EventTime.ToDateTimeOffset())} ago")
        : new("SIGNAL none yet");

    private static IEnumerable<ScreenLine> Decisions(WatchUpdate update, int rows, int width)
    {
        var table = new TextTable("TIME", ">", "DECISION", "SIGNAL", "OUTCOME", "WHY");
        (DecisionSummary Newest, int Count)[] shown = [.. Grouped(update.Decisions).Take(rows)];
        foreach (var (each, count) in shown)
        {
            table.Add(
                $"{each.EventTime.ToDateTimeOffset():HH:mm:ss}",
                count > 1 ? $"×{count}" : "",
                each.Id,
                Figures.Word(each.Direction),
                Figures.Word(each.Outcome),
                each.Why);
        }

        return Rows(table, width, row => shown[row].Newest.ClientOrderId is null ? Tone.Quiet : Tone.Good);
    }

    /// <summary>Joins neighbours that say the same, so that the list reaches back further.</summary>
    private static List<(DecisionSummary Newest, int Count)> Grouped(IEnumerable<DecisionSummary> decisions)
    {
        var groups = new List<(DecisionSummary Newest, int Count)>();
        foreach (var each in decisions)
        {
            if (groups is [.., var last] && Says(last.Newest) == Says(each) && each.ClientOrderId is null)
            {
                groups[^1] = last with { Count = last.Count + 1 };
            }
            else
            {
                groups.Add((each, 1));
            }
        }

        return groups;

        static (string, string, SignalDirection, RiskOutcome, string, string?) Says(DecisionSummary each) =>
            (each.Strategy, each.Instrument, each.Direction, each.Outcome, each.Why, each.ClientOrderId);
    }

    private static IEnumerable<ScreenLine> Rows(TextTable table, int width, Func<int, Tone> tone) =>
        table.Lines(width).Select((line, i) => new ScreenLine(line, i == 0 ? Tone.Quiet : tone(i - 1)));
}
