using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;

namespace BtcAgent.Cli.Profiles;

/// <summary>Adds or replaces a profile.</summary>
internal sealed class ProfileSetCommand : CliCommand
{
    private readonly Argument<string> _name = new("name") { Description = "name of the profile: letters, digits, dashes and dots" };
    private readonly Option<string> _url = new("--url") { Description = "address of the agent", Required = true, HelpName = "URL" };
    private readonly Option<string> _keyFile = new("--key-file") { Description = "file with its key", Required = true, HelpName = "FILE" };

    private readonly Option<string?> _authority = new("--ca-file")
    {
        Description = "PEM file of the authority that signed its certificate",
        HelpName = "FILE",
    };

    private readonly Option<bool> _allowHttp = new("--allow-http") { Description = "send the key over plain HTTP to another machine" };
    private readonly Option<bool> _default = new("--default") { Description = "use it when no agent is named" };

    public ProfileSetCommand()
        : base(
            "set",
            "Adds or replaces a profile. The first one becomes the default.",
            "btcagent profile set live --url https://agent.example.org --key-file ~/keys/live.key --default")
    {
        Arguments.Add(_name);
        foreach (var option in new Option[] { _url, _keyFile, _authority, _allowHttp, _default })
        {
            Options.Add(option);
        }
    }

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var name = arguments.GetValue(_name)!;
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_'))
        {
            throw new UsageException($"'{name}' is not a name for a profile: use letters, digits, dashes and dots");
        }

        // Absolute, since commands run in other folders.
        var profile = new AgentProfile(
            AgentAddress.Parse(arguments.GetValue(_url)!),
            Path.GetFullPath(arguments.GetValue(_keyFile)!),
            arguments.GetValue(_authority) is { } file ? Path.GetFullPath(file) : null,
            arguments.GetValue(_allowHttp));
        _ = AgentAddress.Of(profile, TimeSpan.Zero);
        var known = AgentProfiles.Load();
        var isDefault = arguments.GetValue(_default) || known.Default is null;
        var changed = new AgentProfiles(known.Profiles.SetItem(name, profile), isDefault ? name : known.Default);
        changed.Save();
        if (!File.Exists(profile.KeyFile))
        {
            output.Remark($"btcagent: the key file '{profile.KeyFile}' does not exist yet");
        }

        ProfileTable.Write(output, ProfileTable.Of(changed));
        return ExitCodes.Ok;
    }
}
