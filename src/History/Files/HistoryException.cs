namespace BtcAgent.History.Files;

/// <summary>The stored history cannot be read or queried; the message says why and what to do, in one line.</summary>
public sealed class HistoryException : Exception
{
    public HistoryException()
        : this("the history cannot be read")
    {
    }

    public HistoryException(string message)
        : base(message)
    {
    }

    public HistoryException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
