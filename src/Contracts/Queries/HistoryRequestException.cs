namespace BtcAgent.Contracts.Queries;

/// <summary>A request that no history can answer; the message says what to correct.</summary>
public sealed class HistoryRequestException : Exception
{
    public HistoryRequestException()
        : this("the request cannot be answered")
    {
    }

    public HistoryRequestException(string message)
        : base(message)
    {
    }

    public HistoryRequestException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
