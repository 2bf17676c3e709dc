using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;
using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Cli.Operations;

/// <summary>Shows positions, balances, and profit and loss.</summary>
internal sealed class PositionsCommand : AgentCommand
{
    private readonly Option<string?> _portfolio = ListOptions.Portfolio();

    public PositionsCommand()
        : base("positions", "Shows positions, balances, and profit and loss.", "btcagent positions --portfolio main") => Options.Add(_portfolio);

    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        IReadOnlyList<PortfolioSnapshot> portfolios = arguments.GetValue(_portfolio) is { } only
            ? [(await agent.GetAsync<PortfolioView>($"portfolios/{Query.Part(only)}", cancellationToken)).Portfolio]
            : await agent.GetAsync<IReadOnlyList<PortfolioSnapshot>>("portfolios", cancellationToken);
        output.Answer(new PositionList(portfolios), text =>
        {
            foreach (var portfolio in portfolios)
            {
                Write(text, portfolio, output.Width);
            }
        });
        return ExitCodes.Ok;
    }

    private static void Write(TextWriter text, PortfolioSnapshot portfolio, int? width)
    {
        var quote = portfolio.QuoteAsset;
        text.WriteLine($"{portfolio.Portfolio}  equity {Figures.Money(portfolio.Equity)} {quote}  cash {Figures.Money(portfolio.Cash)} {quote}  "
            + $"as of {Figures.Time(portfolio.EventTime)}");
        text.WriteLine($"  today {Figures.Profit(portfolio.DayPnl)}  realized net {Figures.Profit(portfolio.NetRealizedPnl)}  "
            + $"unrealized {Figures.Profit(portfolio.UnrealizedPnl)}  fees {Figures.Money(portfolio.Fees)}  "
            + $"drawdown {Figures.Percent(portfolio.Drawdown)}  fills {Figures.Count(portfolio.FillCount)}");
        var table = new TextTable("  instrument", ">quantity", ">average", ">mark", ">value", ">unrealized", ">realized gross");
        foreach (var position in portfolio.Positions)
        {
            table.Add(
                $"  {position.Instrument.Key}",
                Figures.Exact(position.Quantity),
                Figures.Money(position.AveragePrice),
                Figures.Money(position.MarkPrice),
                Figures.Money(position.MarkPrice * position.Quantity),
                Figures.Profit(position.UnrealizedPnl),
                Figures.Profit(position.RealizedPnl));
        }

        foreach (var line in table.Lines(width))
        {
            text.WriteLine(line);
        }

        text.WriteLine($"  balances  {string.Join("  ", portfolio.Balances.Select(balance => $"{balance.Key} {Figures.Exact(balance.Value)}"))}");
    }
}
