namespace BtcAgent.Silo.Cluster.Tls;

internal sealed partial class ClusterCertificates
{
    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "cluster TLS: new certificate {Subject} ({Thumbprint}) read, valid until {NotAfter:u}")]
    private static partial void LogRead(ILogger logger, string subject, string thumbprint, DateTime notAfter);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "cluster TLS: changed files cannot be used, {Thumbprint} stays in use until {NotAfter:u}: {Problem}")]
    private static partial void LogNotRead(ILogger logger, string problem, string thumbprint, DateTime notAfter);
}
