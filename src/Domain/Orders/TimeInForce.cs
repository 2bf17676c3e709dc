namespace BtcAgent.Domain.Orders;

public enum TimeInForce : byte
{
    GoodTillCanceled = 1,
    ImmediateOrCancel = 2,
    FillOrKill = 3,
}
