using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Operations;
using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;

namespace BtcAgent.Cli.Keys;

/// <summary>Revokes a key.</summary>
internal sealed class KeyRevokeCommand : OperatorCommand
{
    private readonly Argument<string> _id = new("id") { Description = "the key's id in 'btcagent keys list'" };

    public KeyRevokeCommand()
        : base("revoke", "Revokes a key for good; its sessions end with it.", "btcagent keys revoke 67111a2e --reason \"leaves the desk\"", prompt: null) =>
        Arguments.Add(_id);

    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var key = await agent.SendAsync<KeyView>(
            HttpMethod.Post, $"keys/{Query.Part(arguments.GetValue(_id)!)}/revoke", new ControlRequest(Reason), cancellationToken);
        output.Answer(new KeyList([key]), text => KeyTable.Write(text, [key], output.Width));
        return ExitCodes.Ok;
    }
}
