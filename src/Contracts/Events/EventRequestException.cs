namespace BtcAgent.Contracts.Events;

/// <summary>A subscription that cannot be made; the message says what to correct.</summary>
public sealed class EventRequestException : Exception
{
    public EventRequestException()
        : this("the subscription cannot be made")
    {
    }

    public EventRequestException(string message)
        : base(message)
    {
    }

    public EventRequestException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
