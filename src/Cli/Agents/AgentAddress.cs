using System.Net;
using BtcAgent.Cli.Output;

namespace BtcAgent.Cli.Agents;

/// <summary>Where an agent is, and how to reach it.</summary>
internal sealed record AgentAddress
{
    private AgentAddress(Uri url, string keyFile, string? authorityFile, TimeSpan timeout)
    {
        Url = url;
        KeyFile = keyFile;
        AuthorityFile = authorityFile;
        Timeout = timeout;
    }

    /// <summary>Address of the gateway; a path in it ends with a slash.</summary>
    public Uri Url { get; }

    public string KeyFile { get; }

    /// <summary>PEM file of the authority that signed the gateway's certificate; null for the system's authorities.</summary>
    public string? AuthorityFile { get; }

    /// <summary>Longest wait for an answer.</summary>
    public TimeSpan Timeout { get; }

    /// <exception cref="UsageException">The address cannot be used, or the key would cross a network in the clear.</exception>
    public static AgentAddress Of(AgentProfile profile, TimeSpan timeout) =>
        new(Checked(profile), profile.KeyFile, profile.AuthorityFile, timeout);

    /// <summary>True for an address of this machine.</summary>
    public static bool IsHere(Uri url) => url.IsLoopback || (IPAddress.TryParse(url.Host, out var address) && IPAddress.IsLoopback(address));

    /// <exception cref="UsageException">The text is not an HTTP address.</exception>
    public static Uri Parse(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) && url is { UserInfo: "", Query: "", Fragment: "" }
            ? url
            : throw new UsageException($"'{text}' is not the address of an agent: give one such as http://localhost:5080 or https://agent.example.org");

    private static Uri Checked(AgentProfile profile)
    {
        var url = Parse(profile.Url.OriginalString);
        return url.Scheme == Uri.UriSchemeHttps || profile.AllowHttp || IsHere(url)
            ? url.AbsolutePath.EndsWith('/') ? url : new Uri(url.AbsoluteUri + "/")
            : throw new UsageException(
                $"{url}: the key would cross the network in the clear: use https://, or allow it with --allow-http in a network that you trust");
    }
}
