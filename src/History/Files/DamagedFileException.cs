namespace BtcAgent.History.Files;

/// <summary>A file of the history is missing or not as the manifest describes it.</summary>
public sealed class DamagedFileException : Exception
{
    public DamagedFileException()
        : this("", "a file of the history is damaged")
    {
    }

    public DamagedFileException(string message)
        : this("", message)
    {
    }

    public DamagedFileException(string message, Exception? innerException)
        : base(message, innerException) => Key = "";

    /// <param name="key">Key of the file.</param>
    /// <param name="message">The damage, and the remedy.</param>
    public DamagedFileException(string key, string message)
        : base(message) => Key = key;

    /// <summary>Key of the file.</summary>
    public string Key { get; }
}
