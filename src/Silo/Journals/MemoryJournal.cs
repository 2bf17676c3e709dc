using BtcAgent.Contracts.Journals;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Trading;

namespace BtcAgent.Silo.Journals;

/// <summary>Keeps the newest decisions of a replay in memory: at most <see cref="Kept"/>.</summary>
internal sealed class MemoryJournal : IDecisionJournal
{
    public const int Kept = 20_000;

    private readonly LinkedList<Decision> _newestFirst = new();
    private readonly Dictionary<DecisionId, Decision> _byId = [];
    private readonly Lock _lock = new();

    /// <summary>Always zero: memory stores each decision immediately.</summary>
    public TimeSpan Lag => TimeSpan.Zero;

    public void Append(Decision decision)
    {
        lock (_lock)
        {
            _newestFirst.AddFirst(decision);
            _byId[decision.Id] = decision;
            if (_newestFirst.Count > Kept)
            {
                _byId.Remove(_newestFirst.Last!.Value.Id);
                _newestFirst.RemoveLast();
            }
        }
    }

    public Task<Decision?> FindAsync(DecisionId id, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_byId.GetValueOrDefault(id));
        }
    }

    public Task<IReadOnlyList<Decision>> ListAsync(int limit, bool onlyWithOrders, string? portfolio, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<Decision>>(
                [.. _newestFirst
                    .Where(d => (!onlyWithOrders || d.Risk.Outcome == RiskOutcome.Approved) && (portfolio ?? d.Portfolio) == d.Portfolio)
                    .Take(limit)]);
        }
    }
}
