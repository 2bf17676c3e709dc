namespace BtcAgent.Client.Certificates;

/// <summary>The gateway has no usable certificate; the message is one line with the cause and the remedy.</summary>
public sealed class GatewayCertificateException(string message, Exception? inner = null) : Exception(message, inner);
