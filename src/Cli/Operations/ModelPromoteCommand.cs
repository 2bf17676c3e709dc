using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;
using BtcAgent.Domain.Models;

namespace BtcAgent.Cli.Operations;

/// <summary>Moves a model to another stage.</summary>
internal sealed class ModelPromoteCommand : OperatorCommand
{
    private readonly Argument<string> _model = new("model") { Description = "id of the model, from 'btcagent models'" };

    private readonly Option<ModelStage> _to = new("--to")
    {
        Description = "the stage: candidate, shadow, canary, champion or retired",
        DefaultValueFactory = _ => ModelStage.Champion,
        HelpName = "STAGE",
    };

    private readonly Option<string?> _person = new("--override-person")
    {
        Description = "who lets a model trade real money against its verdict",
        HelpName = "NAME",
    };

    private readonly Option<string?> _why = new("--override-reason") { Description = "that person's reason", HelpName = "TEXT" };

    public ModelPromoteCommand()
        : base(
            "promote",
            "Moves a model to another stage, by default champion: it then trades, and the former champion becomes a shadow.",
            "btcagent models promote starter-3f9a0c11d2e4 --reason \"better for two weeks\"",
            prompt: null)
    {
        Arguments.Add(_model);
        Options.Add(_to);
        Options.Add(_person);
        Options.Add(_why);
    }

    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var (id, to) = (arguments.GetValue(_model)!, arguments.GetValue(_to));
        var before = await agent.GetAsync<ModelView>($"models/{Query.Part(id)}", cancellationToken);
        if (to == ModelStage.Champion)
        {
            Confirm(arguments, $"{id} will trade strategy {before.Model.Strategy}; its verdict: {before.Verdict.Headline()}", "promote");
        }

        OverrideRequest? verdictOverride = arguments.GetValue(_person) is null && arguments.GetValue(_why) is null
            ? null
            : new OverrideRequest(arguments.GetValue(_person), arguments.GetValue(_why));
        await ModelMove.SendAsync(agent, before.Model, to, Reason, verdictOverride, output, cancellationToken);
        return ExitCodes.Ok;
    }
}
