using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Client.Access;

/// <summary>The operator gateway: section <c>Gateway</c>.</summary>
public sealed class GatewayOptions
{
    public const string Section = "Gateway";

    /// <summary>
    /// Names beside localhost under which the gateway may be called, such as <c>btcagent.example.org</c>; others are
    /// refused, so that no foreign page can reach it through a name of its own.
    /// </summary>
    public List<string> AllowedHosts { get; } = [];

    /// <summary>
    /// IP addresses of the TLS proxies in front of the gateway. Their <c>X-Forwarded-For</c>, <c>-Proto</c> and
    /// <c>-Host</c> are believed, those of anybody else ignored. Default none.
    /// </summary>
    public List<string> KnownProxies { get; } = [];

    /// <summary>Like <see cref="KnownProxies"/>, as networks: <c>10.244.0.0/16</c>. Default none.</summary>
    public List<string> KnownNetworks { get; } = [];

    /// <summary>Minutes without a request after which a sign-in ends, 1…10,080. Default 60.</summary>
    [Range(1, 10_080)]
    public int SessionIdleMinutes { get; set; } = 60;

    /// <summary>Hours after which a sign-in ends in any case, 1…720. Default 24.</summary>
    [Range(1, 720)]
    public int SessionHoursMax { get; set; } = 24;

    /// <summary>
    /// Connections kept without a right key having come over them, 16…65,536. At the limit each new one closes the
    /// oldest of the sender with the most. Default 1,024.
    /// </summary>
    [Range(16, 65_536)]
    public int UnprovenConnectionsMax { get; set; } = 1_024;

    /// <summary>
    /// File with a token that opens <c>/metrics</c> and nothing else, for Prometheus; 32 or more characters, such as
    /// <c>openssl rand -hex 32</c> writes. Read at the start. Default empty: the operator key alone opens it.
    /// </summary>
    public string MetricsTokenFile { get; set; } = "";
}
