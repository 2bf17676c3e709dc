namespace BtcAgent.Storage.Objects;

/// <summary>An object store failed; the message names the place, the cause and the remedy in one line, and no secret.</summary>
public sealed class ObjectStoreException(ObjectStoreFault fault, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public ObjectStoreFault Fault { get; } = fault;

    /// <summary>True when the same call may succeed later without any change of settings.</summary>
    public bool IsTransient => Fault is ObjectStoreFault.Unreachable or ObjectStoreFault.Full or ObjectStoreFault.Busy;
}
