using System.Security.Authentication;

namespace BtcAgent.Silo.Hosting.Tls;

internal sealed partial class TlsMiddleware
{
    [LoggerMessage(
        Level = LogLevel.Debug,
        Message = "cluster TLS ({End}) with {Peer}: {Protocol}, certificate {Subject}")]
    private static partial void LogSecured(
        ILogger logger, TlsEnd end, string peer, SslProtocols protocol, string? subject);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "cluster TLS ({End}) with {Peer} refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, TlsEnd end, string peer, string reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "cluster TLS ({End}) with {Peer} dropped: no handshake within {TimeoutMs} ms")]
    private static partial void LogTimedOut(ILogger logger, TlsEnd end, string peer, int timeoutMs);
}
