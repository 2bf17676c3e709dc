using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Facts;

/// <summary>A fill that is booked.</summary>
public sealed record FillFact(Fill Fill) : Fact
{
    public override FactTopic Topic => FactTopic.Executions;

    public override string Key => $"{Fill.Portfolio}/{Fill.Instrument.Key}";

    public override Timestamp Time => Fill.EventTime;
}
