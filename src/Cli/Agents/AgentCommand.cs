using System.CommandLine;
using BtcAgent.Cli.Output;

namespace BtcAgent.Cli.Agents;

/// <summary>A command on a running agent.</summary>
internal abstract class AgentCommand : CliCommand
{
    private readonly AgentAddressOptions _address = new();

    protected AgentCommand(string name, string description, string example)
        : base(name, description, example) => _address.AddTo(this);

    protected override string WhenInterrupted => "a command that was sent may have been carried out: see 'btcagent status'";

    /// <returns>An exit code.</returns>
    protected abstract Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken);

    /// <summary>Asks what is needed before the agent is called, such as a reason.</summary>
    /// <exception cref="UsageException">Something is missing.</exception>
    protected virtual void Prepare(ParseResult arguments)
    {
    }

    protected sealed override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        Prepare(arguments);
        using var agent = AgentClient.Open(_address.Read(arguments));
        return RunAsync(agent, arguments, output, cancellationToken).GetAwaiter().GetResult();
    }
}
