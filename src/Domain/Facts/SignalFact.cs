using BtcAgent.Domain.Signals;

namespace BtcAgent.Domain.Facts;

/// <summary>A strategy's signal on a sample.</summary>
public sealed record SignalFact(Signal Signal) : Fact
{
    public override FactTopic Topic => FactTopic.Signals;

    public override string Key => $"{Signal.Instrument.Key}/{Signal.Strategy}";

    public override Timestamp Time => Signal.EventTime;
}
