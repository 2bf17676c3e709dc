using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Silo.Cluster.Tls;

/// <summary>
/// Mutual TLS between silos and from clients to silos, from files as a secret mount gives them. Section
/// <c>Cluster:Tls</c>. Off while all paths are empty, which a cluster starts with in development only; a part of the three is an
/// error at start-up.
/// </summary>
public sealed class ClusterTlsOptions
{
    public const string Section = "Cluster:Tls";

    /// <summary>
    /// Path of a PEM file: this process's certificate, then any intermediate ones. A silo both accepts and opens
    /// connections: if the certificate limits its use, it must allow serverAuth and clientAuth. Default empty.
    /// </summary>
    public string Certificate { get; set; } = "";

    /// <summary>Path of a PEM file: the certificate's private key, not encrypted. Default empty.</summary>
    public string Key { get; set; } = "";

    /// <summary>
    /// Path of a PEM file: the root certificates a peer's chain must end in; two of them while one replaces the
    /// other. Whoever holds a certificate of this authority can join the cluster: it must serve this cluster alone.
    /// Default empty.
    /// </summary>
    public string Authority { get; set; } = "";

    /// <summary>
    /// A DNS name that each silo's certificate must carry, checked by the side that opens the connection. Default
    /// empty: no name is checked. Silos are dialled by the address in the membership table, which a pod gets anew at
    /// each start, so no certificate issued beforehand can carry it; the authority says who belongs to the cluster.
    /// </summary>
    public string TargetHost { get; set; } = "";

    /// <summary>Milliseconds a peer may take for its handshake before it is dropped. Default 10 000.</summary>
    [Range(100, 60_000)]
    public int HandshakeTimeoutMs { get; set; } = 10_000;

    /// <summary>
    /// Seconds between two log lines on refused handshakes of the same address for the same reason; the second has their
    /// number. 0 logs each. Default 60.
    /// </summary>
    [Range(0, 3_600)]
    public int RefusalLogSeconds { get; set; } = 60;

    /// <summary>Whether TLS was asked for.</summary>
    public bool IsOn => Certificate.Length > 0 || Key.Length > 0 || Authority.Length > 0;
}
