namespace BtcAgent.Domain.Orders;

public enum ExecutionReportKind : byte
{
    Accepted = 1,
    Rejected = 2,
    Trade = 3,
    Canceled = 4,
    Expired = 5,
    CancelRejected = 6,

    /// <summary>A stop's trigger price was reached.</summary>
    Triggered = 7,

    /// <summary>The venue changed quantity or client order id; the order works on.</summary>
    Amended = 8,

    /// <summary>Something happened that this agent has no word for: the venue's record has to be read.</summary>
    Unclear = 9,
}
