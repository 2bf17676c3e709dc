using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Silo.Cluster;

/// <summary>How this process joins a cluster: section <c>Cluster</c>.</summary>
public sealed class ClusterNodeOptions
{
    public const string Section = "Cluster";

    /// <summary>
    /// Connection string of the PostgreSQL database for members, state, reminders and journal. Contains a secret: set it in the
    /// environment, <c>Cluster__Postgres</c>. Default empty.
    /// </summary>
    public string Postgres { get; set; } = "";

    /// <summary>
    /// Name of the membership list; a different name is another cluster on the same state.
    /// Default <c>btcagent</c>.
    /// </summary>
    [Required]
    public string ClusterId { get; set; } = "btcagent";

    /// <summary>Name of the state; a different name starts with empty state. Default <c>btcagent</c>.</summary>
    [Required]
    public string ServiceId { get; set; } = "btcagent";

    /// <summary>
    /// IP address at which the other members reach this one; empty uses <c>POD_IP</c>, or 127.0.0.1 without it. Default empty.
    /// </summary>
    public string Address { get; set; } = "";

    /// <summary>Port for the other silos; 0 selects any free one. Default 11111.</summary>
    [Range(0, 65_535)]
    public int SiloPort { get; set; } = 11_111;

    /// <summary>Port for gateways and feeds of the cluster; 0 selects any free one. Default 30000.</summary>
    [Range(0, 65_535)]
    public int GatewayPort { get; set; } = 30_000;

    /// <summary>Milliseconds that a member may take to answer a probe; three missed probes end it. Default 1,000.</summary>
    [Range(100, 60_000)]
    public int ProbeTimeoutMs { get; set; } = 1_000;

    /// <inheritdoc cref="ProbeTimeoutMs"/>
    public TimeSpan ProbeTimeout => TimeSpan.FromMilliseconds(ProbeTimeoutMs);

    /// <summary>
    /// Allows a cluster without <c>Cluster:Tls</c> on this machine's loopback only: every user of the machine then controls
    /// it. Refused for any other address and for venues with an account. Default false.
    /// </summary>
    public bool Development { get; set; }

    /// <summary>Migrates the database to this version at the start; false if a job does it beforehand. Default true.</summary>
    public bool Migrate { get; set; } = true;
}
