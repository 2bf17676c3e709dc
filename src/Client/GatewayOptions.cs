namespace BtcAgent.Client;

/// <summary>The operator gateway: section <c>Gateway</c>.</summary>
public sealed class GatewayOptions
{
    public const string Section = "Gateway";

    /// <summary>
    /// Names beside localhost under which the gateway may be called, such as <c>btcagent.example.org</c>; others are
    /// refused, so that no foreign page can reach it through a name of its own.
    /// </summary>
    public List<string> AllowedHosts { get; } = [];
}
