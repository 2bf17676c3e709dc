using BtcAgent.Contracts.Journals;
using BtcAgent.Domain.Trading;
using BtcAgent.Storage.Embedded;

namespace BtcAgent.Silo.Journals;

/// <summary>Reads decisions from the journal's store, and from memory those that it does not have yet.</summary>
/// <param name="journal">The store.</param>
/// <param name="tail">Decisions of this process that may not be stored yet; null where other processes decide.</param>
/// <param name="status">Reports contents and limits; null where the store does not report them.</param>
internal sealed class StoredDecisions(IJournal journal, DecisionMemory? tail = null, Func<JournalStatus>? status = null) : IDecisionJournal
{
    public JournalStatus? Status => status?.Invoke();

    public async Task<Decision?> FindAsync(DecisionId id, CancellationToken cancellationToken) =>
        tail?.Find(id) ?? (await journal.FindAsync(id.Text, cancellationToken) is { } entry ? DecisionEntry.Read(entry) : null);

    public async Task<IReadOnlyList<Decision>> ListAsync(int limit, bool onlyWithOrders, string? portfolio, CancellationToken cancellationToken)
    {
        // Memory first: a decision that is stored meanwhile is then found twice, not missed.
        var newest = tail?.List(limit, onlyWithOrders, portfolio) ?? [];
        var stored = await journal.ListAsync(onlyWithOrders ? DecisionEntry.WithOrder : null, portfolio, limit, cancellationToken);
        var known = newest.Select(decision => decision.Id.Text).ToHashSet(StringComparer.Ordinal);
        return [.. newest, .. stored.Where(entry => !known.Contains(entry.Id)).Take(limit - newest.Count).Select(DecisionEntry.Read)];
    }
}
