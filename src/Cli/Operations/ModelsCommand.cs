using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;

namespace BtcAgent.Cli.Operations;

/// <summary>Lists the agent's models; its subcommands move them.</summary>
internal sealed class ModelsCommand : AgentCommand
{
    private readonly Option<string?> _strategy = new("--strategy", "-s") { Description = "only this strategy's", HelpName = "NAME" };

    public ModelsCommand()
        : base("models", "Lists the agent's models with stage, verdict and hit rate; moves them between stages.", "btcagent models --strategy momentum")
    {
        Options.Add(_strategy);
        Subcommands.Add(new ModelDriftCommand());
        Subcommands.Add(new ModelPromoteCommand());
        Subcommands.Add(new ModelRollbackCommand());
    }

    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var strategy = arguments.GetValue(_strategy);
        var read = await agent.GetAsync<IReadOnlyList<ModelView>>("models", cancellationToken);
        ModelView[] models = [.. read.Where(view => strategy is null || view.Model.Strategy == strategy)];
        output.Answer(new ModelList(models), text =>
        {
            if (models.Length == 0)
            {
                text.WriteLine("no models are registered: the strategies trade by their rules");
                return;
            }

            ModelTable.Write(text, models, output.Width);
        });
        return ExitCodes.Ok;
    }
}
