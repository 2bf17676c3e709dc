using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;
using BtcAgent.Domain.Models;

namespace BtcAgent.Cli.Operations;

/// <summary>Makes a strategy's former champion trade again.</summary>
internal sealed class ModelRollbackCommand : OperatorCommand
{
    private readonly Argument<string> _strategy = new("strategy") { Description = "name of the strategy" };

    public ModelRollbackCommand()
        : base(
            "rollback",
            "Makes the strategy's former champion trade again; the present one becomes a shadow.",
            "btcagent models rollback momentum --reason \"losing since the promotion\"",
            prompt: null) => Arguments.Add(_strategy);

    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var strategy = arguments.GetValue(_strategy)!;
        var models = (await agent.GetAsync<IReadOnlyList<ModelView>>("models", cancellationToken)).Select(view => view.Model).ToArray();
        var former = FormerChampion(models, strategy) ?? throw new AgentException(
            $"strategy '{strategy}' has no former champion that can trade again: 'btcagent models --strategy {strategy}' lists its models; "
            + "to stop the present one, use 'btcagent models promote ID --to shadow'");
        Confirm(
            arguments,
            $"{former.Id} will trade strategy {strategy} again{(Champion(models, strategy) is { } present ? $" instead of {present.Id}" : "")}.",
            "rollback");

        // The person's decision was on this model; the record says that a rollback repeats it.
        var verdictOverride = former.Override is { } given ? new OverrideRequest(given.Person, Repeated(given.Reason)) : null;
        await ModelMove.SendAsync(agent, former, ModelStage.Champion, Reason, verdictOverride, output, cancellationToken);
        return ExitCodes.Ok;
    }

    /// <summary>The model that lost the championship last, if it may become champion again.</summary>
    internal static ModelEntry? FormerChampion(IEnumerable<ModelEntry> models, string strategy) => models
        .Where(model => model.Strategy == strategy && model.Stage != ModelStage.Champion && ModelStages.CanMove(model.Stage, ModelStage.Champion))
        .Select(model => (Model: model, Lost: model.Moves.LastOrDefault(move => move.From == ModelStage.Champion && move.To != ModelStage.Champion)))
        .Where(candidate => candidate.Lost is not null)
        .OrderByDescending(candidate => candidate.Lost!.Time)
        .Select(candidate => candidate.Model)
        .FirstOrDefault();

    private static string Repeated(string reason)
    {
        const string Prefix = "repeated by a rollback: ";
        return reason.StartsWith(Prefix, StringComparison.Ordinal) ? reason : TextTable.Cut(Prefix + reason, ReasonLengthMax);
    }

    private static ModelEntry? Champion(IEnumerable<ModelEntry> models, string strategy) =>
        models.FirstOrDefault(model => model.Strategy == strategy && model.Stage == ModelStage.Champion);
}
