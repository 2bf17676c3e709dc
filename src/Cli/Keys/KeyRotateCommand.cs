using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Operations;
using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;

namespace BtcAgent.Cli.Keys;

/// <summary>Replaces the secret of a key.</summary>
internal sealed class KeyRotateCommand : OperatorCommand
{
    private readonly Argument<string> _id = new("id") { Description = "the key's id in 'btcagent keys list'" };

    private readonly Option<int> _grace = new("--grace-minutes")
    {
        Description = "minutes for which the former secret is accepted too",
        DefaultValueFactory = _ => 60,
        HelpName = "N",
    };

    private readonly KeySecret _secret = new();

    public KeyRotateCommand()
        : base(
            "rotate",
            "Replaces the secret of a key; the former one is accepted for a while.",
            "btcagent keys rotate 67111a2e --out anna.key.new --reason \"yearly\"",
            prompt: null)
    {
        Arguments.Add(_id);
        Options.Add(_grace);
        _secret.AddTo(this);
    }

    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var issued = await agent.SendAsync<IssuedKey>(
            HttpMethod.Post,
            $"keys/{Query.Part(arguments.GetValue(_id)!)}/rotate",
            new RotateRequest(Reason, arguments.GetValue(_grace)),
            cancellationToken);
        return _secret.Hand(issued, arguments, output);
    }
}
