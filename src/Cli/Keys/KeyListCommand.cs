using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;

namespace BtcAgent.Cli.Keys;

/// <summary>Lists the issued keys.</summary>
internal sealed class KeyListCommand() : AgentCommand(
    "list", "Lists the issued keys with role, end and last use; never a secret.", "btcagent keys list")
{
    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var keys = await agent.GetAsync<IReadOnlyList<KeyView>>("keys", cancellationToken);
        output.Answer(new KeyList(keys), text =>
        {
            if (keys.Count == 0)
            {
                text.WriteLine("no keys are issued; the operator key of the data folder is not listed");
            }
            else
            {
                KeyTable.Write(text, keys, output.Width);
            }
        });
        return ExitCodes.Ok;
    }
}
