namespace BtcAgent.Domain.Orders;

public enum OrderListKind : byte
{
    /// <summary>The fill or trigger of one cancels the other (OCO).</summary>
    OneCancelsOther = 1,

    /// <summary>The complete fill of the first places the second (OTO).</summary>
    OneTriggersOther = 2,
}
