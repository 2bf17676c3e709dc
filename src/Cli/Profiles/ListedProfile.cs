namespace BtcAgent.Cli.Profiles;

/// <summary>A profile in a list.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Url">Address of the agent.</param>
/// <param name="KeyFile">Path of the key file.</param>
/// <param name="AuthorityFile">Path of the authority's certificate; null for the system's authorities.</param>
/// <param name="AllowHttp">True when the key may cross a network without TLS.</param>
internal sealed record ListedProfile(string Name, string Url, string KeyFile, string? AuthorityFile, bool AllowHttp);
