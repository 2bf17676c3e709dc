namespace BtcAgent.Silo.Cluster.Tls;

/// <summary>The role of this process in a connection.</summary>
internal enum TlsRole
{
    /// <summary>The peer opened the connection: this process is the TLS server.</summary>
    Accepting,

    /// <summary>This process opened the connection: it is the TLS client.</summary>
    Connecting,
}
