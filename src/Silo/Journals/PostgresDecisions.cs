using BtcAgent.Contracts.Journals;
using BtcAgent.Domain.Trading;
using BtcAgent.Storage.Postgres;

namespace BtcAgent.Silo.Journals;

/// <summary>Stores a cluster's decisions in PostgreSQL; appending never waits for it.</summary>
internal sealed class PostgresDecisions(PostgresJournal journal, TimeProvider time) : IDecisionJournal
{
    private readonly SinkBacklog _backlog = new();

    public TimeSpan Lag => _backlog.Age(Now());

    public void Append(Decision decision)
    {
        var place = _backlog.Take(Now());
        if (!journal.TryAppend(DecisionEntry.Of(decision), kept => _backlog.Settle(place, kept)))
        {
            _backlog.Settle(place, stored: false);
        }
    }

    public async Task<Decision?> FindAsync(DecisionId id, CancellationToken cancellationToken) =>
        await journal.FindAsync(id.Text, cancellationToken) is { } entry ? DecisionEntry.Read(entry) : null;

    public async Task<IReadOnlyList<Decision>> ListAsync(int limit, bool onlyWithOrders, string? portfolio, CancellationToken cancellationToken)
    {
        var entries = await journal.ListAsync(onlyWithOrders ? DecisionEntry.WithOrder : null, portfolio, limit, cancellationToken);
        return [.. entries.Select(DecisionEntry.Read)];
    }

    /// <summary>Monotonic clock: an age must not jump when the system clock is set.</summary>
    private TimeSpan Now() => time.GetElapsedTime(0);
}
