namespace BtcAgent.Exchanges.Simulator.Faults;

/// <summary>A step of an order or a cancel request at the venue.</summary>
public enum OrderStep
{
    /// <summary>The request has arrived; nothing is done yet.</summary>
    Received,

    /// <summary>The order is in the books; no answer has been sent.</summary>
    Accepted,

    /// <summary>The answer has been sent.</summary>
    Answered,

    /// <summary>An event of the order has been sent.</summary>
    EventSent,

    /// <summary>A cancel request has arrived; nothing is done yet.</summary>
    CancelReceived,

    /// <summary>The order is cancelled; no answer has been sent.</summary>
    CancelDone,
}
