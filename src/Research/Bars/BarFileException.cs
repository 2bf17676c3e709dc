namespace BtcAgent.Research.Bars;

/// <summary>A file of bars that cannot be read; the message names the line and how to mend it.</summary>
public sealed class BarFileException(string message) : Exception(message);
