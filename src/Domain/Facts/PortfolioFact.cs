using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Domain.Facts;

/// <summary>Positions and equity of a portfolio at one instant.</summary>
public sealed record PortfolioFact(PortfolioSnapshot Snapshot) : Fact
{
    public override FactTopic Topic => FactTopic.Positions;

    public override string Key => Snapshot.Portfolio;

    public override Timestamp Time => Snapshot.EventTime;
}
