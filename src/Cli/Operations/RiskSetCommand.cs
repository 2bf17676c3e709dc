using System.CommandLine;
using System.CommandLine.Completions;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;
using BtcAgent.Contracts.Risk;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Domain.Risk;

namespace BtcAgent.Cli.Operations;

/// <summary>Changes one limit.</summary>
internal sealed class RiskSetCommand : OperatorCommand
{
    private readonly Argument<string> _limit = new("limit") { Description = "name of the limit, from 'btcagent risk show'" };
    private readonly Argument<decimal> _value = new("value") { Description = "its new value, in the limit's unit", CustomParser = result => Amounts.Parse(result) ?? 0 };
    private readonly Option<string?> _portfolio = new("--portfolio", "-p") { Description = "the portfolio; needed where there are several", HelpName = "ID" };

    public RiskSetCommand()
        : base(
            "set",
            "Changes one limit at once and across restarts. Loosening one has to be confirmed.",
            "btcagent risk set MaxOrderNotional 5000 --reason \"thin book\"",
            prompt: null)
    {
        _limit.CompletionSources.Add(_ => LimitBook.Names.Select(name => new CompletionItem(name)));
        Arguments.Add(_limit);
        Arguments.Add(_value);
        Options.Add(_portfolio);
    }

    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var (name, value) = (arguments.GetValue(_limit)!, arguments.GetValue(_value));
        var portfolio = arguments.GetValue(_portfolio) ?? await OnlyPortfolioAsync(agent, cancellationToken);
        var path = $"portfolios/{Query.Part(portfolio)}/limits";
        var before = await ValueAsync(agent, path, name, cancellationToken);
        // For every limit that can be changed a lower value is stricter, and none is the loosest.
        if (before is { } strict && value > strict)
        {
            Confirm(arguments, $"This loosens {name} of {portfolio}: {Shown(before)} → {Figures.Exact(value)}.", name);
        }

        var limits = await agent.SendAsync<LimitsInForce>(HttpMethod.Put, $"{path}/{Query.Part(name)}", new LimitRequest(value, Reason), cancellationToken);
        var changed = new ChangedLimit(portfolio, name, before, limits.Values[name], Reason);
        output.Answer(changed, text => text.WriteLine($"{portfolio}: {name} {Shown(before)} → {Figures.Exact(changed.To)}, in force now"));
        return ExitCodes.Ok;
    }

    private static async Task<decimal?> ValueAsync(AgentClient agent, string path, string name, CancellationToken cancellationToken) =>
        (await agent.GetAsync<LimitsInForce>(path, cancellationToken)).Values.TryGetValue(name, out var value) ? value : null;

    private static string Shown(decimal? value) => value is null ? "off" : Figures.Exact(value);

    private static async Task<string> OnlyPortfolioAsync(AgentClient agent, CancellationToken cancellationToken)
    {
        var portfolios = await agent.GetAsync<IReadOnlyList<PortfolioSnapshot>>("portfolios", cancellationToken);
        return portfolios.Count == 1
            ? portfolios[0].Portfolio
            : throw new UsageException(
                $"there are {portfolios.Count} portfolios: name one of {string.Join(", ", portfolios.Select(each => each.Portfolio))} with --portfolio");
    }
}
