using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Silo.Cluster.Tls;

/// <summary>
/// Mutual TLS between silos and from clients to silos, from files such as a secret mount. Section <c>Cluster:Tls</c>. Off while
/// all three paths are empty, which only a development cluster allows; setting only some of them is an error at start-up.
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
    /// other. Every holder of a certificate by this authority can join the cluster: it must serve only this cluster.
    /// Default empty.
    /// </summary>
    public string Authority { get; set; } = "";

    /// <summary>
    /// A DNS name that each silo's certificate must contain, checked by the side that opens the connection. Default empty: no
    /// name is checked. Connections use the address in the membership table, which changes with each start of a pod, so no
    /// certificate issued beforehand can contain it; the authority defines the members of the cluster.
    /// </summary>
    public string TargetHost { get; set; } = "";

    /// <summary>Milliseconds a peer may take for its handshake before it is dropped. Default 10 000.</summary>
    [Range(100, 60_000)]
    public int HandshakeTimeoutMs { get; set; } = 10_000;

    /// <inheritdoc cref="HandshakeTimeoutMs"/>
    public TimeSpan HandshakeTimeout => TimeSpan.FromMilliseconds(HandshakeTimeoutMs);

    /// <summary>
    /// Seconds between two log lines about refused handshakes with the same address and reason; each line has the count since
    /// the last. 0 logs each refusal. Default 60.
    /// </summary>
    [Range(0, 3_600)]
    public int RefusalLogSeconds { get; set; } = 60;

    /// <inheritdoc cref="RefusalLogSeconds"/>
    public TimeSpan RefusalLogInterval => TimeSpan.FromSeconds(RefusalLogSeconds);

    /// <summary>True when any TLS file is set.</summary>
    public bool IsOn => Certificate.Length > 0 || Key.Length > 0 || Authority.Length > 0;
}
