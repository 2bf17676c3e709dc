using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;

namespace BtcAgent.Cli.Operations;

/// <summary>Shows a serving model against its training.</summary>
internal sealed class ModelDriftCommand : AgentCommand
{
    private readonly Argument<string> _model = new("model") { Description = "id of the model" };

    public ModelDriftCommand()
        : base(
            "drift",
            "Shows how a serving model differs from its training: features, scores, calibration, profit, late scores.",
            "btcagent models drift starter-20261130-0a1b2c") => Arguments.Add(_model);

    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var view = await agent.GetAsync<ModelView>($"models/{Query.Part(arguments.GetValue(_model)!)}", cancellationToken);
        output.Answer(new ModelDrift(view.Model.Id, view.Runs), text => ModelDriftTable.Write(text, view, output.Width));
        return ExitCodes.Ok;
    }
}
