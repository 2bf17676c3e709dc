namespace BtcAgent.Cli.Profiles;

/// <summary>The operator's profiles.</summary>
/// <param name="File">Where they are.</param>
/// <param name="Default">Name of the one that is used when none is named; null for none.</param>
/// <param name="Profiles">The profiles, by name.</param>
internal sealed record ListedProfiles(string File, string? Default, IReadOnlyList<ListedProfile> Profiles);
