using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;
using BtcAgent.Contracts.Risk;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Domain.Risk;

namespace BtcAgent.Cli.Operations;

/// <summary>Shows breakers and limits.</summary>
internal sealed class RiskShowCommand : AgentCommand
{
    private readonly Option<string?> _portfolio = ListOptions.Portfolio();

    public RiskShowCommand()
        : base("show", "Shows the breaker and the limits of each portfolio, and who changed them.", "btcagent risk show --portfolio main") =>
        Options.Add(_portfolio);

    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        string[] ids = arguments.GetValue(_portfolio) is { } only
            ? [only]
            : [.. (await agent.GetAsync<IReadOnlyList<PortfolioSnapshot>>("portfolios", cancellationToken)).Select(portfolio => portfolio.Portfolio)];
        var rules = await agent.GetAsync<IReadOnlyList<RiskRuleView>>("risk/rules", cancellationToken);
        var risks = new List<PortfolioRisk>();
        foreach (var id in ids)
        {
            var path = $"portfolios/{Query.Part(id)}";
            risks.Add(new PortfolioRisk(
                id,
                (await agent.GetAsync<PortfolioView>(path, cancellationToken)).Risk,
                await agent.GetAsync<LimitsInForce>($"{path}/limits", cancellationToken)));
        }

        output.Answer(new RiskReport(risks), text =>
        {
            foreach (var risk in risks)
            {
                Write(text, risk, rules, output.Width);
            }
        });
        return ExitCodes.Ok;
    }

    private static void Write(TextWriter text, PortfolioRisk portfolio, IReadOnlyList<RiskRuleView> rules, int? width)
    {
        var breaker = portfolio.Risk.Breaker;
        text.WriteLine(TextTable.Cut(
            SafeText.Of($"{portfolio.Portfolio}: {Figures.Word(breaker.Mode)} since {Figures.Time(breaker.Since)}: {breaker.Reason}"), width));
        text.WriteLine($"  decisions since its start: {Figures.Count(portfolio.Risk.Approved)} approved, {Figures.Count(portfolio.Risk.Held)} held, "
            + $"{Figures.Count(portfolio.Risk.Rejected)} rejected");
        foreach (var line in Limits(portfolio.Limits, rules).Lines(width))
        {
            text.WriteLine($"  {TextTable.Cut(line, width - 2)}");
        }

        foreach (var change in portfolio.Limits.Changes)
        {
            text.WriteLine(TextTable.Cut(
                SafeText.Of($"  changed {Figures.Time(change.Time)} {change.Name} {Figures.Exact(change.From)} → {Figures.Exact(change.To)} "
                    + $"by {change.Operator}: {change.Reason}"),
                width));
        }
    }

    private static TextTable Limits(LimitsInForce limits, IReadOnlyList<RiskRuleView> rules)
    {
        var table = new TextTable("limit", ">value", "unit of the rule", "measures");
        foreach (var (name, value) in limits.Values)
        {
            var rule = rules.FirstOrDefault(known => known.Limit == name);
            table.Add(
                name,
                Figures.Exact(value),
                rule?.Unit ?? "",
                (limits.HeldBack.Contains(name) ? "the configured, looser value is not in force; " : "") + (rule?.Measure ?? ""));
        }

        foreach (var name in LimitBook.Names.Except(limits.Values.Keys))
        {
            table.Add(name, "off", "", rules.FirstOrDefault(known => known.Limit == name)?.Measure ?? "");
        }

        return table;
    }
}
