using BtcAgent.Contracts.Journals;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Trading;

namespace BtcAgent.Silo.Journals;

/// <summary>Counts and hashes every decision, then passes it to another journal.</summary>
internal sealed class RecordingJournal(IDecisionJournal inner) : IDecisionJournal, IDisposable
{
    private readonly DecisionHash _hash = new();
    private readonly Lock _lock = new();

    public TimeSpan Lag => inner.Lag;

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

    public void Append(Decision decision)
    {
        lock (_lock)
        {
            _hash.Append(decision);
            ValidSignals += decision.Signal.IsValid ? 1 : 0;
            Orders += decision.Risk.Outcome == RiskOutcome.Approved ? 1 : 0;
        }

        inner.Append(decision);
    }

    public JournalStatus? Status => inner.Status;

    public Task<Decision?> FindAsync(DecisionId id, CancellationToken cancellationToken) => inner.FindAsync(id, cancellationToken);

    public Task<IReadOnlyList<Decision>> ListAsync(int limit, bool onlyWithOrders, string? portfolio, CancellationToken cancellationToken) =>
        inner.ListAsync(limit, onlyWithOrders, portfolio, cancellationToken);

    public void Dispose() => _hash.Dispose();
}
