using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;
using BtcAgent.Contracts.Social;

namespace BtcAgent.Cli.Posts;

/// <summary>Shows the budget for posts of a running agent.</summary>
internal sealed class SocialBudgetCommand : AgentCommand
{
    public SocialBudgetCommand()
        : base("budget", "Shows the cost of reading posts, its limits, and how much is read for it.", "btcagent social budget")
    {
    }

    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var view = await agent.GetAsync<BudgetView>("social/budget", cancellationToken);
        output.Answer(view, text => Write(text, view));
        return ExitCodes.Ok;
    }

    private static void Write(TextWriter text, BudgetView view)
    {
        if (view.Budget is not { } budget)
        {
            text.WriteLine("no source charges: there is no budget");
            return;
        }

        text.WriteLine(SafeText.Of($"{budget.Source}: level {Figures.Word(budget.Level)}, {budget.Reason}; chosen again at {Figures.Time(budget.Until)}"));
        var table = new TextTable("period", ">reads", ">of", ">counts", ">dollars", ">of");
        foreach (var (name, spend) in new[] { ("day", budget.Day), ("month", budget.Month) })
        {
            table.Add(
                $"{name} from {spend.From:yyyy-MM-dd}", Figures.Count(spend.Reads), Figures.Count(spend.ReadsMax), Figures.Count(spend.Counts), Figures.Exact(spend.Dollars),
                Figures.Exact(spend.DollarsMax));
        }

        foreach (var line in table.Lines())
        {
            text.WriteLine(line);
        }

        text.WriteLine(Price(budget));
    }

    private static string Price(SocialBudgetStatus budget) =>
        $"a post costs {Figures.Exact(budget.DollarsPerPost)} dollars, a request for numbers {Figures.Exact(budget.DollarsPerCounts)}"
        + (budget.IsSimulated ? $"; nobody pays: the simulated X has charged {Figures.Exact(budget.ChargedDollars)} today" : "");
}
