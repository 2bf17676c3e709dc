namespace BtcAgent.Domain.Snapshots;

/// <summary>A saved state cannot be loaded; the message says what differs.</summary>
public sealed class StateFormatException(string message) : FormatException(message);
