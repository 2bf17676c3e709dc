using System.Collections.Immutable;
using BtcAgent.Contracts.Audit;
using BtcAgent.Domain;
using BtcAgent.Domain.Audit;

namespace BtcAgent.Client.Tests.Access;

/// <summary>The audit of a gateway: a real chain in memory.</summary>
internal sealed class AuditDouble(TimeProvider time) : IAuditLogGrain
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly List<AuditLine> _lines = [];
    private AuditHead _head = AuditHead.Genesis;

    /// <summary>While true, nothing can be written.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Called before each write.</summary>
    public Func<Task> Before { get; set; } = () => Task.CompletedTask;

    /// <summary>The operators' entries.</summary>
    public IReadOnlyList<AuditEntry> Entries => [.. All.Where(entry => entry.Kind == AuditKind.Operator)];

    public IReadOnlyList<AuditEntry> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _lines.Select(line => line.Entry)];
            }
        }
    }

    public Task<string> GetDamage() => Task.FromResult("");

    public async Task<AuditHead> Append(ImmutableArray<AuditDraft> drafts)
    {
        await Before();
        if (IsBroken)
        {
            throw new IOException("no space left on device");
        }

        lock (_gate)
        {
            foreach (var draft in drafts.Where(draft => _ids.Add(draft.Id)))
            {
                var line = AuditFormat.Write(_head, draft, Timestamp.FromDateTimeOffset(time.GetUtcNow()));
                _lines.Add(line);
                _head = new AuditHead(line.Entry.Sequence, line.Entry.Hash, line.Day);
            }

            return _head;
        }
    }

    public Task<AuditHead> GetHead() => Task.FromResult(_head);

    public Task<ImmutableArray<AuditEntry>> Read(long before, int limit) =>
        Task.FromResult<ImmutableArray<AuditEntry>>([.. All.Reverse().Where(entry => entry.Sequence < before).Take(limit)]);

    public Task<ImmutableArray<string>> GetDays() => Task.FromResult<ImmutableArray<string>>([.. _lines.Select(line => line.Day).Distinct()]);

    public Task<ImmutableArray<byte>> Export(string day) =>
        Task.FromResult<ImmutableArray<byte>>([.. _lines.Where(line => line.Day == day).SelectMany(line => line.Text.Add((byte)'\n'))]);
}
