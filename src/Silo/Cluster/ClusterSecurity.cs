using System.Net;
using BtcAgent.Silo.Cluster.Tls;
using BtcAgent.Silo.Settings;

namespace BtcAgent.Silo.Cluster;

/// <summary>
/// Orleans' ports take commands from whoever reaches them. A cluster therefore has mutual TLS, or says that it is in development,
/// where only this machine reaches it and there is no account to harm.
/// </summary>
internal static partial class ClusterSecurity
{
    /// <exception cref="StartupException">Neither TLS nor a development cluster that may be one.</exception>
    public static void Demand(AgentSettings settings, ClusterNodeOptions node, ClusterTlsOptions tls)
    {
        var problem = (settings.Role, tls.IsOn, node.Development) switch
        {
            (_, true, false) => null,
            (_, true, true) => "Cluster:Development and Cluster:Tls are both set: clear Cluster:Development, TLS needs no exception",
            (_, false, false) =>
                $"--role {settings.Role.ToString().ToLowerInvariant()} needs TLS: without it whoever reaches the ports of Orleans controls the agent. "
                + "Set Cluster__Tls__Certificate, Cluster__Tls__Key and Cluster__Tls__Authority to PEM files (docs/operating.md says how to make them), "
                + "or Cluster__Development=true to try a cluster on this machine's loopback without an account",
            (_, false, true) when settings.Venue is VenueKind.BinanceTestnet or VenueKind.BinanceLive =>
                "Cluster:Development is refused for venue "
                + $"{(settings.Venue == VenueKind.BinanceLive ? "binance-live" : "binance-testnet")}: every user of this machine could trade the account. "
                + "Set Cluster:Tls:Certificate, Key and Authority, and clear Cluster:Development",
            _ => IPAddress.IsLoopback(ClusterExtensions.AddressOf(node))
                ? null
                : $"Cluster:Development is refused at address {ClusterExtensions.AddressOf(node)}: without TLS only loopback will do. "
                    + "Set Cluster:Address to 127.0.0.1, or set Cluster:Tls:Certificate, Key and Authority",
        };
        if (problem is not null)
        {
            throw new StartupException(problem);
        }
    }

    /// <summary>Says at each start what a development cluster leaves open.</summary>
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
