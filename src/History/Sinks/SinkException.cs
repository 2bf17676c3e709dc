namespace BtcAgent.History.Sinks;

/// <summary>A sink's target does not accept facts; the message says what to do, in one line, without secrets.</summary>
public sealed class SinkException : Exception
{
    public SinkException()
        : this("the sink failed")
    {
    }

    public SinkException(string message)
        : base(message)
    {
    }

    public SinkException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>True when no later attempt can succeed until an operator changes something.</summary>
    public bool IsFinal { get; init; }
}
