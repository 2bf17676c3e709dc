using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Trading;

namespace BtcAgent.Silo.Journals;

/// <summary>The newest decisions, in memory.</summary>
/// <param name="kept">Maximum number; the oldest leave first.</param>
internal sealed class DecisionMemory(int kept)
{
    private readonly LinkedList<Decision> _newestFirst = new();
    private readonly Dictionary<DecisionId, LinkedListNode<Decision>> _byId = [];
    private readonly Lock _lock = new();

    public void Add(Decision decision)
    {
        lock (_lock)
        {
            Remove(decision.Id);
            _byId[decision.Id] = _newestFirst.AddFirst(decision);
            if (_newestFirst.Count > kept)
            {
                Remove(_newestFirst.Last!.Value.Id);
            }
        }
    }

    public void Remove(IEnumerable<DecisionId> ids)
    {
        lock (_lock)
        {
            foreach (var id in ids)
            {
                Remove(id);
            }
        }
    }

    public Decision? Find(DecisionId id)
    {
        lock (_lock)
        {
            return _byId.GetValueOrDefault(id)?.Value;
        }
    }

    /// <inheritdoc cref="Contracts.Journals.IDecisionJournal.ListAsync"/>
    public IReadOnlyList<Decision> List(int limit, bool onlyWithOrders, string? portfolio)
    {
        lock (_lock)
        {
            return
            [
                .. _newestFirst
                    .Where(d => (!onlyWithOrders || d.Risk.Outcome == RiskOutcome.Approved) && (portfolio ?? d.Portfolio) == d.Portfolio)
                    .Take(limit),
            ];
        }
    }

    private void Remove(DecisionId id)
    {
        if (_byId.Remove(id, out var node))
        {
            _newestFirst.Remove(node);
        }
    }
}
