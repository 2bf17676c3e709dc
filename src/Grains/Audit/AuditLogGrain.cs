using System.Collections.Immutable;
using System.Runtime.InteropServices;
using BtcAgent.Contracts.Audit;
using BtcAgent.Contracts.Facts;
using BtcAgent.Domain.Audit;
using BtcAgent.Domain.Facts;
using BtcAgent.Grains.Storage;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Audit;

/// <summary>
/// Gives each action its place in the chain and stores it before it answers. A failed write ends the activation, since the store
/// may have written after all; the next one continues from the store's last entry. Operators' actions are also published as facts.
/// The agent's state has the last entry, too: an audit that was shortened together with its own record is noticed at the next start.
/// </summary>
internal sealed partial class AuditLogGrain(
    IAuditStore store,
    [PersistentState(GrainStateNames.AuditMark, GrainStateNames.Provider)] IPersistentState<AuditMarkState> mark,
    IFactPublisher facts,
    TimeProvider time,
    ILogger<AuditLogGrain> logger) : Grain, IAuditLogGrain
{
    /// <summary>Drafts remembered, so that one sent again is recognised.</summary>
    private const int RecentMax = 4_096;

    /// <summary>Entries read at the start for the operations that they belong to.</summary>
    private const int RecentAtStart = 512;

    private readonly HashSet<string> _recent = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private AuditHead _head = AuditHead.Genesis;
    private bool _isMarkBehind;
    private string _damage = "";

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var opening = await store.OpenAsync(mark.State.Last, cancellationToken);
        _head = opening.Head;
        await RememberRecentAsync(cancellationToken);
        if (opening.Damage is not { } damage)
        {
            return;
        }

        _damage = damage;
        LogDamaged(logger, damage);
        var line = AuditFormat.Write(_head, Damaged(damage), Timestamp.FromDateTimeOffset(time.GetUtcNow()));
        await store.AppendAsync([line], cancellationToken);
        await MoveAsync(HeadOf(line));
    }

    public async Task<AuditHead> Append(ImmutableArray<AuditDraft> drafts)
    {
        var now = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        var head = _head;
        var lines = new List<AuditLine>();
        foreach (var draft in drafts.Where(draft => !_recent.Contains(draft.Id)).DistinctBy(draft => draft.Id))
        {
            var line = AuditFormat.Write(head, draft, now);
            head = HeadOf(line);
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

        await MoveAsync(head);
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

    public Task<string> GetDamage() => Task.FromResult(_damage);

    public async Task<ImmutableArray<AuditEntry>> Read(long before, int limit) => [.. await store.ReadAsync(before, limit, CancellationToken.None)];

    public async Task<ImmutableArray<string>> GetDays() => [.. await store.DaysAsync(CancellationToken.None)];

    public async Task<ImmutableArray<byte>> Export(string day) =>
        ImmutableCollectionsMarshal.AsImmutableArray(await store.ExportAsync(day, CancellationToken.None));

    private static AuditHead HeadOf(AuditLine line) => new(line.Entry.Sequence, line.Entry.Hash, line.Day);

    private static AuditDraft Damaged(string damage) => new()
    {
        Id = AuditEnd.DamagedAction,
        Kind = AuditKind.Audit,
        Actor = "agent",
        Action = AuditEnd.DamagedAction,
        Subject = "",
        Reason = damage,
        Outcome = AuditOutcome.Failed,
    };

    /// <summary>The entries are stored already: a mark that cannot be written is behind them, which is not damage, and moves with the next entry.</summary>
    private async Task MoveAsync(AuditHead head)
    {
        _head = head;
        mark.State.Last = head;
        try
        {
            await mark.WriteStateAsync();
            _isMarkBehind = false;
        }
        catch (Exception e)
        {
            if (!_isMarkBehind)
            {
                LogMarkBehind(logger, head.Sequence, e.GetBaseException().Message);
            }

            _isMarkBehind = true;
        }
    }

    private void Publish(AuditEntry entry) => facts.Publish(new AgentEventFact(
        AgentEventKind.Operator,
        entry.Subject.Length == 0 ? "agent" : entry.Subject,
        entry.Action,
        entry.Before,
        entry.After ?? entry.Outcome.ToString().ToLowerInvariant(),
        entry.Actor,
        entry.Reason ?? "",
        entry.Time));

    /// <summary>Remembers the operations among the last entries: a command that is repeated after a crash has its entry already.</summary>
    private async Task RememberRecentAsync(CancellationToken cancellationToken)
    {
        foreach (var entry in (await store.ReadAsync(long.MaxValue, RecentAtStart, cancellationToken)).Reverse())
        {
            if (entry.Operation is { } operation)
            {
                Remember(AuditDraft.IdOf(operation, entry.Outcome));
            }
        }
    }

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
