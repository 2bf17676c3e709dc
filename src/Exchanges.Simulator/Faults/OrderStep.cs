namespace BtcAgent.Exchanges.Simulator.Faults;

/// <summary>Where an order stands on its way through the venue.</summary>
public enum OrderStep
{
    /// <summary>The request has come; nothing is done yet.</summary>
    Received,

    /// <summary>The order is in the books; no answer has been sent.</summary>
    Accepted,

    /// <summary>The answer is on its way.</summary>
    Answered,

    /// <summary>An event of the order has been sent.</summary>
    EventSent,

    /// <summary>A cancel has come; nothing is done yet.</summary>
    CancelReceived,

    /// <summary>The order is cancelled; no answer has been sent.</summary>
    CancelDone,
}
