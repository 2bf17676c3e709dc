namespace BtcAgent.Cli.Output;

/// <summary>Options that don't go together; the message says which.</summary>
internal sealed class UsageException(string message) : Exception(message);
