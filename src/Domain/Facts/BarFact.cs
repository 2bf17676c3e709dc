using BtcAgent.Domain.Bars;

namespace BtcAgent.Domain.Facts;

/// <summary>A bar that has closed, as the agent's features saw it.</summary>
public sealed record BarFact(InstrumentId Instrument, Bar Bar) : Fact
{
    public override FactTopic Topic => FactTopic.Bars;

    public override string Key => Instrument.Key;

    public override Timestamp Time => Bar.CloseTime;
}
