namespace BtcAgent.Client.Access;

/// <summary>One route of the gateway.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path with its parameters in braces.</param>
/// <param name="Rule">Who may call it.</param>
public sealed record RouteEntry(string Method, string Path, RouteRule Rule);
