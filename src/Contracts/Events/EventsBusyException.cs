namespace BtcAgent.Contracts.Events;

/// <summary>There are as many subscribers as allowed; the message says what to do.</summary>
public sealed class EventsBusyException : Exception
{
    public EventsBusyException()
        : this("too many subscribers")
    {
    }

    public EventsBusyException(string message)
        : base(message)
    {
    }

    public EventsBusyException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
