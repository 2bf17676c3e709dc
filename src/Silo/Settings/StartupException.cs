namespace BtcAgent.Silo.Settings;

/// <summary>The agent cannot start here; the message is one line and names the remedy.</summary>
public sealed class StartupException(string message, Exception? innerException = null) : Exception(message, innerException);
