using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;

namespace BtcAgent.Cli.Profiles;

/// <summary>Lists the operator's profiles.</summary>
internal sealed class ProfileListCommand : CliCommand
{
    public ProfileListCommand()
        : base("list", "Lists the profiles; the default one has a star.", "btcagent profile list")
    {
    }

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        ProfileTable.Write(output, ProfileTable.Of(AgentProfiles.Load()));
        return ExitCodes.Ok;
    }
}
