using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;

namespace BtcAgent.Cli.Profiles;

/// <summary>Removes a profile; its key file stays.</summary>
internal sealed class ProfileRemoveCommand : CliCommand
{
    private readonly Argument<string> _name = new("name") { Description = "name of the profile" };

    public ProfileRemoveCommand()
        : base("remove", "Removes a profile; its key file stays.", "btcagent profile remove paper") => Arguments.Add(_name);

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var name = arguments.GetValue(_name)!;
        var known = AgentProfiles.Load();
        _ = known.Get(name);
        var changed = new AgentProfiles(known.Profiles.Remove(name), known.Default == name ? null : known.Default);
        changed.Save();
        ProfileTable.Write(output, ProfileTable.Of(changed));
        return ExitCodes.Ok;
    }
}
