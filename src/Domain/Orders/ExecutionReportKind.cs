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

    /// <summary>The venue changed quantity or client order id; the order remains working.</summary>
    Amended = 8,

    /// <summary>An event that this agent does not know: the venue's record must be read.</summary>
    Unclear = 9,
}
