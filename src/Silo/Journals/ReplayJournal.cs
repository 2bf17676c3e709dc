using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Journals;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Trading;

namespace BtcAgent.Silo.Journals;

/// <summary>Counts and hashes every decision of a replay, keeps the newest in memory, and passes the facts on.</summary>
/// <param name="inner">The log of facts; null without one.</param>
internal sealed class ReplayJournal(IFactPublisher? inner) : IFactPublisher, IDecisionJournal, IDisposable
{
    /// <summary>Decisions kept in memory.</summary>
    public const int Kept = 20_000;

    private readonly DecisionMemory _newest = new(Kept);
    private readonly DecisionHash _hash = new();
    private readonly Lock _lock = new();

    public TimeSpan Lag => inner?.Lag ?? TimeSpan.Zero;

    public long Decisions
    {
        get
        {
            lock (_lock)
            {
                return _hash.Count;
            }
        }
    }

    public long ValidSignals { get; private set; }

    public long Orders { get; private set; }

    public string Hash
    {
        get
        {
            lock (_lock)
            {
                return _hash.Read();
            }
        }
    }

    public void Publish(Fact fact)
    {
        if (fact is DecisionFact { Decision: var decision })
        {
            lock (_lock)
            {
                _hash.Append(decision);
                ValidSignals += decision.Signal.IsValid ? 1 : 0;
                Orders += decision.Risk.Outcome == RiskOutcome.Approved ? 1 : 0;
            }

            _newest.Add(decision);
        }

        inner?.Publish(fact);
    }

    public Task<Decision?> FindAsync(DecisionId id, CancellationToken cancellationToken) => Task.FromResult(_newest.Find(id));

    public Task<IReadOnlyList<Decision>> ListAsync(int limit, bool onlyWithOrders, string? portfolio, CancellationToken cancellationToken) =>
        Task.FromResult(_newest.List(limit, onlyWithOrders, portfolio));

    public void Dispose() => _hash.Dispose();
}
