namespace BtcAgent.Cli.Agents;

/// <summary>Where an agent is and which key opens it, under a name of the operator's choice.</summary>
/// <param name="Url">Address of the gateway, such as <c>https://agent.example.org</c>.</param>
/// <param name="KeyFile">File with the key; relative to the folder of the profiles.</param>
/// <param name="AuthorityFile">PEM file of the authority that signed the gateway's certificate; null for the system's.</param>
/// <param name="AllowHttp">True when the key may cross a network without TLS.</param>
internal sealed record AgentProfile(Uri Url, string KeyFile, string? AuthorityFile = null, bool AllowHttp = false);
