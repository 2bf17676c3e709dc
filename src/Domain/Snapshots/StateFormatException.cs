namespace BtcAgent.Domain.Snapshots;

/// <summary>A saved state cannot be loaded; the message contains the difference.</summary>
public sealed class StateFormatException(string message) : FormatException(message);
