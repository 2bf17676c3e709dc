namespace BtcAgent.Silo.Cluster.Tls;

/// <summary>
/// The files do not make a usable set; the message is one line that names the setting and the remedy.
/// </summary>
internal sealed class ClusterCertificateException(string message, Exception? innerException = null)
    : Exception(message, innerException);
