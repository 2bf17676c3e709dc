using System.Collections.Immutable;
using System.Runtime.InteropServices;
using BtcAgent.Contracts.Audit;
using BtcAgent.Contracts.Facts;
using BtcAgent.Domain.Audit;
using BtcAgent.Domain.Facts;

namespace BtcAgent.Grains.Audit;

/// <summary>
/// Gives each action its place in the chain and stores it before it answers. A failed write ends the activation, since the store
/// may have written after all; the next one continues from the store's last entry. Operators' actions are also published as facts.
/// </summary>
internal sealed class AuditLogGrain(IAuditStore store, IFactPublisher facts, TimeProvider time) : Grain, IAuditLogGrain
{
    /// <summary>Drafts remembered, so that one sent again is recognised.</summary>
    private const int RecentMax = 4_096;

    /// <summary>Entries read at the start for the operations that they belong to.</summary>
    private const int RecentAtStart = 512;

    private readonly HashSet<string> _recent = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private AuditHead _head = AuditHead.Genesis;

    /// <summary>Remembers the operations among the last entries: a command that is repeated after a crash has its entry already.</summary>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _head = await store.OpenAsync(cancellationToken);
        foreach (var entry in (await store.ReadAsync(long.MaxValue, RecentAtStart, cancellationToken)).Reverse())
        {
            if (entry.Operation is { } operation)
            {
                Remember(AuditDraft.IdOf(operation, entry.Outcome));
            }
        }
    }

    public async Task<AuditHead> Append(ImmutableArray<AuditDraft> drafts)
    {
        var now = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        var head = _head;
        var lines = new List<AuditLine>();
        foreach (var draft in drafts.Where(draft => !_recent.Contains(draft.Id)).DistinctBy(draft => draft.Id))
        {
            var line = AuditFormat.Write(head, draft, now);
            head = new AuditHead(line.Entry.Sequence, line.Entry.Hash, line.Day);
            lines.Add(line);
        }

        if (lines.Count == 0)
        {
            return head;
        }

        try
        {
            await store.AppendAsync(lines, CancellationToken.None);
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }

        _head = head;
        foreach (var draft in drafts)
        {
            Remember(draft.Id);
        }

        foreach (var line in lines.Where(line => line.Entry.Kind == AuditKind.Operator && line.Entry.Outcome != AuditOutcome.Requested))
        {
            Publish(line.Entry);
        }

        return head;
    }

    public Task<AuditHead> GetHead() => Task.FromResult(_head);

    public async Task<ImmutableArray<AuditEntry>> Read(long before, int limit) => [.. await store.ReadAsync(before, limit, CancellationToken.None)];

    public async Task<ImmutableArray<string>> GetDays() => [.. await store.DaysAsync(CancellationToken.None)];

    public async Task<ImmutableArray<byte>> Export(string day) =>
        ImmutableCollectionsMarshal.AsImmutableArray(await store.ExportAsync(day, CancellationToken.None));

    private void Publish(AuditEntry entry) => facts.Publish(new AgentEventFact(
        AgentEventKind.Operator,
        entry.Subject.Length == 0 ? "agent" : entry.Subject,
        entry.Action,
        entry.Before,
        entry.After ?? entry.Outcome.ToString().ToLowerInvariant(),
        entry.Actor,
        entry.Reason ?? "",
        entry.Time));

    private void Remember(string id)
    {
        if (_recent.Add(id))
        {
            _order.Enqueue(id);
            if (_order.Count > RecentMax)
            {
                _recent.Remove(_order.Dequeue());
            }
        }
    }
}
