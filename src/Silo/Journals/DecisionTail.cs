using BtcAgent.Contracts.Facts;
using BtcAgent.Domain.Facts;

namespace BtcAgent.Silo.Journals;

/// <summary>
/// Passes facts on, and remembers the decisions among them until the journal has them from the log: a decision can be read as soon
/// as it is made.
/// </summary>
internal sealed class DecisionTail(IFactPublisher inner) : IFactPublisher
{
    /// <summary>Half an hour of two strategies, should the journal not accept them; older ones can be read when it does again.</summary>
    private const int Kept = 4_096;

    public DecisionMemory Decisions { get; } = new(Kept);

    public TimeSpan Lag => inner.Lag;

    public void Publish(Fact fact)
    {
        if (fact is DecisionFact decision)
        {
            Decisions.Add(decision.Decision);
        }

        inner.Publish(fact);
    }
}
