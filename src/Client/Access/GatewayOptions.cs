using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Client.Access;

/// <summary>The operator gateway: section <c>Gateway</c>.</summary>
public sealed class GatewayOptions
{
    public const string Section = "Gateway";

    /// <summary>
    /// Accepted host names besides localhost, such as <c>btcagent.example.org</c>; others are refused, so that no foreign page
    /// can reach the gateway through its own name. Default none.
    /// </summary>
    public List<string> AllowedHosts { get; } = [];

    /// <summary>
    /// IP addresses of the TLS proxies in front of the gateway. Their <c>X-Forwarded-For</c>, <c>-Proto</c> and
    /// <c>-Host</c> are trusted; those of other senders are ignored. Default none.
    /// </summary>
    public List<string> KnownProxies { get; } = [];

    /// <summary>Like <see cref="KnownProxies"/>, as networks: <c>10.244.0.0/16</c>. Default none.</summary>
    public List<string> KnownNetworks { get; } = [];

    /// <summary>Minutes without a request after which a sign-in ends, 1…10,080. Default 60.</summary>
    [Range(1, 10_080)]
    public int SessionIdleMinutes { get; set; } = 60;

    /// <inheritdoc cref="SessionIdleMinutes"/>
    public TimeSpan SessionIdle => TimeSpan.FromMinutes(SessionIdleMinutes);

    /// <summary>Hours after which a sign-in ends in any case, 1…720. Default 24.</summary>
    [Range(1, 720)]
    public int SessionHoursMax { get; set; } = 24;

    /// <inheritdoc cref="SessionHoursMax"/>
    public TimeSpan SessionAgeMax => TimeSpan.FromHours(SessionHoursMax);

    /// <summary>
    /// Connections kept without a right key so far, 16…65,536. At the limit each new one closes the
    /// oldest of the sender with the most. Default 1,024.
    /// </summary>
    [Range(16, 65_536)]
    public int UnprovenConnectionsMax { get; set; } = 1_024;

    /// <summary>
    /// Port for gRPC alone, 0…65,535; 0 takes any free one. Clear text needs a separate port, since HTTP/2 cannot be negotiated there. Default
    /// null: no such port. With TLS, gRPC and REST share the main port, and this one has TLS, too.
    /// </summary>
    [Range(0, 65_535)]
    public int? GrpcPort { get; set; }

    /// <summary>
    /// File with a token for <c>/metrics</c> only, for Prometheus; 32 or more characters, for example from <c>openssl rand -hex
    /// 32</c>. Read at the start. Default empty: only the operator key gives access.
    /// </summary>
    public string MetricsTokenFile { get; set; } = "";

    /// <summary>
    /// Where to report a vulnerability, for <c>/.well-known/security.txt</c>: <c>mailto:security@example.org</c> or an https
    /// address. Default empty: there is no such page.
    /// </summary>
    public string SecurityContact { get; set; } = "";

    /// <summary>
    /// Whether a second person must confirm what starts live trading, loosens a limit or makes a model champion with real money.
    /// Default false, for single operators; the audit records at each start that it is off.
    /// </summary>
    public bool TwoPersonRule { get; set; }

    /// <summary>Minutes in which a command can be confirmed, 1…1,440. Default 60.</summary>
    [Range(1, 1_440)]
    public int ConfirmationMinutes { get; set; } = 60;

    /// <summary>Hours for which an idempotency key and the answer to its command are kept, 1…168. Default 24.</summary>
    [Range(1, 168)]
    public int IdempotencyHours { get; set; } = 24;

    /// <summary>Tokens of an OpenID Connect provider. Default off.</summary>
    public OidcOptions Oidc { get; } = new();

    /// <inheritdoc cref="IdempotencyHours"/>
    public TimeSpan IdempotencyKept => TimeSpan.FromHours(IdempotencyHours);
}
