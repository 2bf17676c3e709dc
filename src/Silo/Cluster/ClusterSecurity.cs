using System.Net;
using BtcAgent.Silo.Cluster.Tls;
using BtcAgent.Silo.Settings;

namespace BtcAgent.Silo.Cluster;

/// <summary>
/// Orleans' ports accept commands from any peer. A cluster therefore needs mutual TLS, or must be marked as a development
/// cluster, which only this machine can reach and which has no account to harm.
/// </summary>
internal static partial class ClusterSecurity
{
    /// <exception cref="StartupException">There is neither TLS nor a valid development cluster.</exception>
    public static void Demand(AgentSettings settings, ClusterNodeOptions node, ClusterTlsOptions tls)
    {
        var problem = (settings.Role, tls.IsOn, node.Development) switch
        {
            (_, true, false) => null,
            (_, true, true) => "Cluster:Development and Cluster:Tls are both set: clear Cluster:Development, TLS needs no exception",
            (_, false, false) =>
                $"--role {settings.Role.ToString().ToLowerInvariant()} needs TLS: without it any peer that reaches Orleans' ports controls the agent. "
                + "Set Cluster__Tls__Certificate, Cluster__Tls__Key and Cluster__Tls__Authority to PEM files (docs/operating.md shows how to create them), "
                + "or Cluster__Development=true to try a cluster on this machine's loopback without an account",
            (_, false, true) when settings.Venue is VenueKind.BinanceTestnet or VenueKind.BinanceLive =>
                "Cluster:Development is refused for venue "
                + $"{(settings.Venue == VenueKind.BinanceLive ? "binance-live" : "binance-testnet")}: every user of this machine could trade the account. "
                + "Set Cluster:Tls:Certificate, Key and Authority, and clear Cluster:Development",
            _ => IPAddress.IsLoopback(ClusterExtensions.AddressOf(node))
                ? null
                : $"Cluster:Development is refused at address {ClusterExtensions.AddressOf(node)}: without TLS only loopback is allowed. "
                    + "Set Cluster:Address to 127.0.0.1, or set Cluster:Tls:Certificate, Key and Authority",
        };
        if (problem is not null)
        {
            throw new StartupException(problem);
        }
    }

    /// <summary>Warns at each start about the open ports of a development cluster.</summary>
    public static void Warn(WebApplication app)
    {
        if (app.Configuration.GetSection(ClusterNodeOptions.Section).Get<ClusterNodeOptions>() is { Development: true })
        {
            LogDevelopment(app.Logger);
        }
    }

    [LoggerMessage(
        EventId = 710,
        Level = LogLevel.Warning,
        Message = "Cluster:Development is on: every user of this machine controls this cluster, without a key")]
    private static partial void LogDevelopment(ILogger logger);
}
