namespace BtcAgent.Storage.Objects;

/// <summary>Kind of failure of an object store.</summary>
public enum ObjectStoreFault
{
    /// <summary>Any other failure; the message has the store's own words.</summary>
    Other = 0,

    /// <summary>Key, secret or permission is wrong.</summary>
    Credentials = 1,

    /// <summary>The bucket or folder is missing.</summary>
    Missing = 2,

    /// <summary>No answer: refused connection, unknown host, time-out.</summary>
    Unreachable = 3,

    /// <summary>The disk or quota is full.</summary>
    Full = 4,

    /// <summary>The clocks of this machine and of the server differ too much.</summary>
    Clock = 5,

    /// <summary>The server asks to be called less often, or repairs itself.</summary>
    Busy = 6,
}
