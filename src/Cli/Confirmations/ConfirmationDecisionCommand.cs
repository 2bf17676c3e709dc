using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Operations;
using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;

namespace BtcAgent.Cli.Confirmations;

/// <summary>Confirms or refuses another person's command.</summary>
internal sealed class ConfirmationDecisionCommand : OperatorCommand
{
    private readonly Argument<string> _id = new("id") { Description = "the id in 'btcagent confirm list'" };
    private readonly string _step;

    private ConfirmationDecisionCommand(string name, string step, string description, string reason)
        : base(name, description, $"btcagent confirm {name} 5d3f01c2 --reason \"{reason}\"", prompt: null)
    {
        _step = step;
        Arguments.Add(_id);
    }

    public static ConfirmationDecisionCommand Accept() => new(
        "accept", "confirm", "Confirms another person's command, which is carried out once, before the answer.", "agreed with the desk");

    public static ConfirmationDecisionCommand Refuse() => new("refuse", "refuse", "Refuses a command, or takes back an own one.", "not today");

    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var decided = await agent.SendAsync<ConfirmationView>(
            HttpMethod.Post, $"confirmations/{Query.Part(arguments.GetValue(_id)!)}/{_step}", new ControlRequest(Reason), cancellationToken);
        output.Answer(new ConfirmationList([decided]), text => ConfirmationTable.Write(text, [decided], output.Width));
        return ExitCodes.Ok;
    }
}
