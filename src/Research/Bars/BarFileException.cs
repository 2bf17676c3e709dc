namespace BtcAgent.Research.Bars;

/// <summary>A bar file cannot be read; the message names the line and the remedy.</summary>
public sealed class BarFileException(string message) : Exception(message);
