using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Operations;
using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;

namespace BtcAgent.Cli.Experiments;

/// <summary>Confirms the promotion of a challenger, or ends its experiment.</summary>
internal sealed class AbDecisionCommand : OperatorCommand
{
    private readonly Argument<string> _id = new("id") { Description = "the id in 'btcagent ab status'" };
    private readonly string _step;
    private readonly string _effect;

    private AbDecisionCommand(string step, string description, string effect, string reason)
        : base(step, description, $"btcagent ab {step} ab-1 --yes --reason \"{reason}\"", prompt: null)
    {
        (_step, _effect) = (step, effect);
        Arguments.Add(_id);
    }

    public static AbDecisionCommand Confirm() => new(
        "confirm", "Confirms the promotion of a challenger that was shown to be better.", "The challenger becomes champion and trades.", "agreed with the desk");

    public static AbDecisionCommand Stop() => new(
        "stop", "Ends an experiment: its challenger is retired, and a promotion rolled back.", "The challenger is retired.", "another one is better");

    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var id = arguments.GetValue(_id)!;
        Confirm(arguments, _effect, id);
        var changed = await agent.SendAsync<ExperimentView>(
            HttpMethod.Post, $"experiments/{Query.Part(id)}/{_step}", new ControlRequest(Reason), cancellationToken);
        output.Answer(new ExperimentList([changed]), text => ExperimentTable.Write(text, [changed], output.Width));
        return ExitCodes.Ok;
    }
}
