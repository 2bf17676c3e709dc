using BtcAgent.Domain.Trading;

namespace BtcAgent.Domain.Facts;

/// <summary>A risk decision with its complete provenance.</summary>
public sealed record DecisionFact(Decision Decision) : Fact
{
    public override FactTopic Topic => FactTopic.Decisions;

    public override string Key => Decision.Portfolio;

    public override Timestamp Time => Decision.Sample.EventTime;
}
