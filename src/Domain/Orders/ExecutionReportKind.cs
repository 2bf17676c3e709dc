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
}
