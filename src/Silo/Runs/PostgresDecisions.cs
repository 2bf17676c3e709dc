using BtcAgent.Contracts.Trading;
using BtcAgent.Domain.Trading;
using BtcAgent.Storage.Postgres;

namespace BtcAgent.Silo.Runs;

/// <summary>Keeps a cluster's decisions in PostgreSQL; appending never waits for it.</summary>
internal sealed class PostgresDecisions(PostgresJournal journal) : IDecisionJournal
{
    public void Append(Decision decision) => journal.TryAppend(DecisionEntry.Of(decision));

    public async Task<Decision?> FindAsync(DecisionId id, CancellationToken cancellationToken) =>
        await journal.FindAsync(id.Text, cancellationToken) is { } entry ? DecisionEntry.Read(entry) : null;

    public async Task<IReadOnlyList<Decision>> ListAsync(int limit, bool onlyWithOrders, CancellationToken cancellationToken)
    {
        var entries = await journal.ListAsync(onlyWithOrders ? DecisionEntry.WithOrder : null, null, limit, cancellationToken);
        return [.. entries.Select(DecisionEntry.Read)];
    }
}
