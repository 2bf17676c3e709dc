namespace BtcAgent.Silo.Cluster.Tls;

internal sealed partial class HandshakeLog
{
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "cluster TLS ({End}) with {Peer} refused: {Reason} ({Count} since the last such line)")]
    private static partial void LogRefused(ILogger logger, TlsRole end, string peer, string reason, long count);
}
