using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;

namespace BtcAgent.Cli.Profiles;

/// <summary>Prints the profiles, the default one with a star.</summary>
internal static class ProfileTable
{
    public static ListedProfiles Of(AgentProfiles known) => new(
        AgentProfiles.Path,
        known.Default,
        [
            .. known.Profiles.Select(profile => new ListedProfile(
                profile.Key, profile.Value.Url.OriginalString, profile.Value.KeyFile, profile.Value.AuthorityFile, profile.Value.AllowHttp)),
        ]);

    public static void Write(CommandOutput output, ListedProfiles listed) => output.Answer(listed, text =>
    {
        var table = new TextTable("", "profile", "address", "key file");
        foreach (var profile in listed.Profiles)
        {
            table.Add(profile.Name == listed.Default ? "*" : "", profile.Name, profile.Url, profile.KeyFile);
        }

        text.WriteLine(listed.Profiles.Count == 0 ? $"no profiles in {listed.File}: add one with 'btcagent profile set'" : listed.File);
        foreach (var line in listed.Profiles.Count == 0 ? [] : table.Lines())
        {
            text.WriteLine(line);
        }
    });
}
