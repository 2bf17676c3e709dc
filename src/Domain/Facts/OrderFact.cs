using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Facts;

/// <summary>An order after one transition.</summary>
public sealed record OrderFact(Order Order) : Fact
{
    public override FactTopic Topic => FactTopic.Orders;

    public override string Key => $"{Order.Intent.Portfolio}/{Order.Intent.Instrument.Key}";

    public override Timestamp Time => Order.UpdatedAt;
}
