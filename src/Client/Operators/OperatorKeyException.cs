namespace BtcAgent.Client.Operators;

/// <summary>The key file cannot be used; the message names it and the remedy.</summary>
public sealed class OperatorKeyException(string message, Exception? innerException = null) : Exception(message, innerException);
