using System.Collections.Concurrent;
using BtcAgent.Contracts.Facts;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.Trading;

namespace BtcAgent.Grains.Tests.Models;

/// <summary>The published decisions, for a test to read.</summary>
internal sealed class DecisionList : IFactPublisher
{
    private readonly ConcurrentQueue<Decision> _decisions = [];

    public TimeSpan Lag { get; set; }

    public void Publish(Fact fact)
    {
        if (fact is DecisionFact { Decision: var decision })
        {
            _decisions.Enqueue(decision);
        }
    }

    public IEnumerable<Decision> For(string portfolio) => _decisions.Where(d => d.Portfolio == portfolio);

    public IEnumerable<Decision> Of(string strategy) => _decisions.Where(d => d.Signal.Strategy == strategy);
}
