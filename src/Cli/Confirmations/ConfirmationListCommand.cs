using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;
using BtcAgent.Domain.Confirmations;

namespace BtcAgent.Cli.Confirmations;

/// <summary>Lists commands that wait for a second person.</summary>
internal sealed class ConfirmationListCommand : AgentCommand
{
    private readonly Option<bool> _all = new("--all", "-a") { Description = "also the last ones that were decided or have expired" };

    public ConfirmationListCommand()
        : base("list", "Lists commands that wait for a second person.", "btcagent confirm list --all") => Options.Add(_all);

    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var all = arguments.GetValue(_all);
        var shown = (await agent.GetAsync<IReadOnlyList<ConfirmationView>>("confirmations", cancellationToken))
            .Where(one => all || one.State == ConfirmationState.Pending).ToArray();
        output.Answer(new ConfirmationList(shown), text =>
        {
            if (shown.Length == 0)
            {
                text.WriteLine(all ? "no commands have waited for a second person" : "no command waits for a second person; --all lists the last ones");
            }
            else
            {
                ConfirmationTable.Write(text, shown, output.Width);
            }
        });
        return ExitCodes.Ok;
    }
}
