namespace BtcAgent.Research.Datasets;

/// <summary>A file that is not the dataset one asked for; the message says why and names the file.</summary>
public sealed class DatasetFileException(string message, Exception? inner = null) : Exception(message, inner);
