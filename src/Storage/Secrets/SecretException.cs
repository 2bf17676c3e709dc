namespace BtcAgent.Storage.Secrets;

/// <summary>A secret cannot be opened or stored. The message is one line with the cause and the remedy, never key material.</summary>
public sealed class SecretException(string message, Exception? inner = null) : Exception(message, inner);
