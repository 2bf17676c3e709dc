using BtcAgent.Domain.Features;

namespace BtcAgent.Domain.Facts;

/// <summary>A feature sample.</summary>
public sealed record FeatureFact(FeatureSample Sample) : Fact
{
    public override FactTopic Topic => FactTopic.Features;

    public override string Key => Sample.Instrument.Key;

    public override Timestamp Time => Sample.EventTime;
}
