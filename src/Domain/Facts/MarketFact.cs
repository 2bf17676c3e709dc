using BtcAgent.Domain.MarketData;

namespace BtcAgent.Domain.Facts;

/// <summary>Events of a venue's feed.</summary>
public sealed record MarketFact(MarketDataBatch Batch) : Fact
{
    public override FactTopic Topic => FactTopic.MarketData;

    public override string Key => Batch.Instrument.Key;

    public override Timestamp Time => Batch.IngestedAt;
}
