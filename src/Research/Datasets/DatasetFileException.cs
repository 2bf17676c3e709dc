namespace BtcAgent.Research.Datasets;

/// <summary>A file is not the requested dataset; the message contains the reason and the path.</summary>
public sealed class DatasetFileException(string message, Exception? inner = null) : Exception(message, inner);
