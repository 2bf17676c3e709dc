using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;

namespace BtcAgent.Cli.Operations;

/// <summary>Lists decisions.</summary>
internal sealed class DecisionsCommand : AgentCommand
{
    private const int LimitMax = 500;

    private readonly Option<bool> _orders = new("--orders", "-o") { Description = "only decisions with an order" };
    private readonly Option<string?> _portfolio = ListOptions.Portfolio();
    private readonly Option<string?> _strategy = new("--strategy", "-s") { Description = "only this strategy, among the newest", HelpName = "NAME" };
    private readonly Option<int> _limit = ListOptions.Limit(LimitMax);

    public DecisionsCommand()
        : base("decisions", "Lists decisions, newest first, with the reason in short.", "btcagent decisions --orders --limit 10")
    {
        foreach (var option in new Option[] { _orders, _portfolio, _strategy, _limit })
        {
            Options.Add(option);
        }
    }

    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var (strategy, limit) = (arguments.GetValue(_strategy), arguments.GetValue(_limit));
        var read = await agent.GetAsync<IReadOnlyList<DecisionSummary>>(
            Query.Of(
                "decisions/summaries",
                ("limit", strategy is null ? limit : LimitMax),
                ("onlyWithOrders", arguments.GetValue(_orders)),
                ("portfolio", arguments.GetValue(_portfolio))),
            cancellationToken);
        DecisionSummary[] decisions = [.. read.Where(decision => strategy is null || decision.Strategy == strategy).Take(limit)];
        output.Answer(new DecisionList(decisions), text =>
        {
            text.Write(decisions.Length == 0 ? $"no decisions{Environment.NewLine}" : "");
            foreach (var line in decisions.Length == 0 ? [] : Table(decisions).Whole(output.Width))
            {
                text.WriteLine(line);
            }
        });
        return ExitCodes.Ok;
    }

    private static TextTable Table(IEnumerable<DecisionSummary> decisions)
    {
        var table = new TextTable("time", "decision", "strategy", "signal", ">score", ">confidence", "outcome", "why");
        foreach (var decision in decisions)
        {
            table.Add(
                Figures.Time(decision.EventTime),
                decision.Id,
                decision.Strategy,
                Figures.Word(decision.Direction),
                Figures.Number(decision.Score),
                Figures.Number(decision.Confidence, "0.00"),
                Figures.Word(decision.Outcome),
                decision.Why);
        }

        return table;
    }
}
