namespace BtcAgent.Domain.Execution.Live;

/// <summary>Kinds of findings of reconciliation.</summary>
public enum CorrectionKind : byte
{
    /// <summary>A trade that was not reported.</summary>
    MissedFill = 1,

    /// <summary>An end of an order that was not reported.</summary>
    MissedEnd = 2,

    /// <summary>An order of the agent that the venue had accepted without an answer.</summary>
    FoundAccepted = 3,

    /// <summary>An order of the agent that never reached the venue.</summary>
    NeverArrived = 4,

    /// <summary>An order on our account that this agent did not place.</summary>
    ForeignOrder = 5,

    /// <summary>An order of this agent that was no longer in its memory.</summary>
    ForgottenOrder = 6,

    /// <summary>A balance difference too small to trade.</summary>
    Dust = 7,

    /// <summary>
    /// The venue fills another quantity than was known: the order was amended, or a self-trade prevented.
    /// </summary>
    Amended = 8,

    /// <summary>The order has another client order id at the venue.</summary>
    Renamed = 9,

    /// <summary>A client order id now identifies another order.</summary>
    ReusedName = 10,

    /// <summary>An order that we had as ended is open at the venue.</summary>
    Reopened = 11,
}
