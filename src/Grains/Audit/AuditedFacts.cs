using BtcAgent.Contracts.Facts;
using BtcAgent.Domain.Facts;

namespace BtcAgent.Grains.Audit;

/// <summary>Publishes facts, and hands those that are actions in the market to the audit.</summary>
internal sealed class AuditedFacts(IFactPublisher facts, TradingAudit audit) : IFactPublisher
{
    public TimeSpan Lag => facts.Lag;

    public void Publish(Fact fact)
    {
        facts.Publish(fact);
        audit.Record(fact);
    }
}
