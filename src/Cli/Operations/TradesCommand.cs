using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;

namespace BtcAgent.Cli.Operations;

/// <summary>Lists the fills of the agent's orders, from its history.</summary>
internal sealed class TradesCommand : AgentCommand
{
    private const int LimitMax = 10_000;

    private readonly Option<string?> _portfolio = ListOptions.Portfolio();
    private readonly Option<string?> _instrument = ListOptions.Instrument();
    private readonly Option<DateTimeOffset?> _from = new("--from") { Description = "first event time, such as 2026-11-29 or 2026-11-29T08:00Z; UTC", HelpName = "TIME" };
    private readonly Option<DateTimeOffset?> _to = new("--to") { Description = "end of the event times, exclusive; UTC", HelpName = "TIME" };
    private readonly Option<string?> _cursor = new("--cursor") { Description = "continues a list, from its last line", HelpName = "TEXT" };
    private readonly Option<int> _limit = ListOptions.Limit(LimitMax);

    public TradesCommand()
        : base(
            "trades",
            "Lists the fills of the agent's orders, newest first. A fill is stored within about a minute.",
            "btcagent trades --from 2026-11-29 --limit 50")
    {
        foreach (var time in new[] { _from, _to })
        {
            time.CustomParser = result => Times.Parse(result);
        }

        foreach (var option in new Option[] { _portfolio, _instrument, _from, _to, _cursor, _limit })
        {
            Options.Add(option);
        }
    }

    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var page = await agent.GetAsync<TradePage>(
            Query.Of(
                "history/fills",
                ("portfolio", arguments.GetValue(_portfolio)),
                ("instrument", arguments.GetValue(_instrument)),
                ("from", arguments.GetValue(_from)?.ToString("O")),
                ("to", arguments.GetValue(_to)?.ToString("O")),
                ("cursor", arguments.GetValue(_cursor)),
                ("limit", arguments.GetValue(_limit))),
            cancellationToken);
        var trades = new TradeList(page.Items, page.Next);
        output.Answer(trades, text => Write(text, trades, output.Width));
        return ExitCodes.Ok;
    }

    private static void Write(TextWriter text, TradeList trades, int? width)
    {
        if (trades.Trades.Count == 0)
        {
            text.WriteLine("no fills are stored for that time; one of the last minute may not be stored yet");
            return;
        }

        var table = new TextTable("time", "portfolio", "instrument", "side", ">quantity", ">price", ">fee", "", "order");
        foreach (var trade in trades.Trades)
        {
            table.Add(
                Figures.Time(trade.EventTime),
                trade.Portfolio,
                trade.Instrument,
                trade.Side,
                Figures.Exact(trade.Quantity),
                Figures.Money(trade.Price),
                $"{Figures.Exact(trade.Fee)} {trade.FeeAsset}",
                trade.IsMaker ? "maker" : "taker",
                trade.ClientOrderId);
        }

        foreach (var line in table.Whole(width))
        {
            text.WriteLine(line);
        }

        text.Write(trades.Next is { } next ? $"more with --cursor {next}{Environment.NewLine}" : "");
    }

    /// <summary>The API's page of fills.</summary>
    private sealed record TradePage(IReadOnlyList<ShownTrade> Items, string? Next);
}
