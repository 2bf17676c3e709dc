namespace BtcAgent.Silo.Cluster.Tls;

/// <summary>Which end of a connection this process is.</summary>
internal enum TlsEnd
{
    /// <summary>The peer dialled: the TLS server.</summary>
    Accepting,

    /// <summary>This process dialled: the TLS client.</summary>
    Connecting,
}
