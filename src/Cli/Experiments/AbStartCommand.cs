using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;

namespace BtcAgent.Cli.Experiments;

/// <summary>Begins an experiment.</summary>
internal sealed class AbStartCommand : OperatorCommand
{
    private readonly Argument<string> _model = new("model") { Description = "id of a model in shadow" };

    public AbStartCommand()
        : base("start", "Compares a model in shadow with the champion of its strategy.", "btcagent ab start hourly-3f2a --reason \"trained on 2026\"", prompt: null) => Arguments.Add(_model);

    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var begun = await agent.SendAsync<ExperimentView>(
            HttpMethod.Post, "experiments", new ExperimentRequest(arguments.GetValue(_model), Reason), cancellationToken);
        output.Answer(new ExperimentList([begun]), text => ExperimentTable.Write(text, [begun], output.Width));
        return ExitCodes.Ok;
    }
}
