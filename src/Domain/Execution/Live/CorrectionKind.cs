namespace BtcAgent.Domain.Execution.Live;

/// <summary>What reconciliation can find.</summary>
public enum CorrectionKind : byte
{
    /// <summary>A trade that no report had brought.</summary>
    MissedFill = 1,

    /// <summary>An end of an order that no report had brought.</summary>
    MissedEnd = 2,

    /// <summary>An order of ours that the venue had taken although no answer said so.</summary>
    FoundAccepted = 3,

    /// <summary>An order of ours that never reached the venue.</summary>
    NeverArrived = 4,

    /// <summary>An order on our account that this agent did not place.</summary>
    ForeignOrder = 5,

    /// <summary>An order of this agent that it had no memory of.</summary>
    ForgottenOrder = 6,

    /// <summary>A balance difference too small to trade.</summary>
    Dust = 7,

    /// <summary>The venue fills another quantity than was known: amended by somebody, or a self-trade was prevented.</summary>
    Amended = 8,

    /// <summary>The order has another client order id at the venue.</summary>
    Renamed = 9,

    /// <summary>A client order id that names another order than before.</summary>
    ReusedName = 10,

    /// <summary>An order that had ended for us, and is open at the venue.</summary>
    Reopened = 11,
}
