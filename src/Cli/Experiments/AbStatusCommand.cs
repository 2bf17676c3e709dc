using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;
using BtcAgent.Domain.Experiments;

namespace BtcAgent.Cli.Experiments;

/// <summary>Shows the experiments of a running agent.</summary>
internal sealed class AbStatusCommand : AgentCommand
{
    private readonly Option<bool> _all = new("--all", "-a") { Description = "also those that have ended" };

    public AbStatusCommand()
        : base("status", "Shows the running experiments: how far the challenger is ahead, and what would promote or end it.", "btcagent ab status --all") => Options.Add(_all);

    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var all = arguments.GetValue(_all);
        var shown = (await agent.GetAsync<IReadOnlyList<ExperimentView>>("experiments", cancellationToken))
            .Where(one => all || one.Stage != ExperimentStage.Ended).ToArray();
        output.Answer(new ExperimentList(shown), text =>
        {
            if (shown.Length == 0)
            {
                text.WriteLine(all ? "no experiment has run" : "no experiment is running; --all lists those that have ended");
            }
            else
            {
                ExperimentTable.Write(text, shown, output.Width);
            }
        });
        return ExitCodes.Ok;
    }
}
