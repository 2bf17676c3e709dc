using System.Collections.Immutable;
using BtcAgent.Contracts.Audit;
using BtcAgent.Domain.Audit;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Client.Audits;

/// <summary>
/// Writes this gateway's entries of the audit. What could not be written waits, up to a limit, and is written before the next
/// entry. Thread-safe.
/// </summary>
internal sealed partial class AuditTrail(IGrainFactory grains, TimeProvider time, ILogger<AuditTrail> logger)
{
    /// <summary>Entries that may wait.</summary>
    public const int WaitingMax = 1_000;

    /// <summary>A halt is answered within a second, whether its entry is written or not.</summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromMilliseconds(800);

    private readonly Lock _gate = new();
    private ImmutableList<AuditDraft> _waiting = [];

    /// <returns>Why the entry is not written yet; null when it is on disk.</returns>
    public async Task<string?> AppendAsync(AuditDraft draft)
    {
        ImmutableList<AuditDraft> drafts;
        lock (_gate)
        {
            drafts = _waiting.Add(draft);
        }

        try
        {
            await grains.GetGrain<IAuditLogGrain>(IAuditLogGrain.Key).Append([.. drafts]).WaitAsync(AnswerWithin, time);
        }
        catch (Exception e)
        {
            return Keep(draft, e);
        }

        Settle(drafts);
        return null;
    }

    private string Keep(AuditDraft draft, Exception error)
    {
        var reason = error is TimeoutException ? "no answer" : error.GetBaseException().Message.Split('\n')[0].TrimEnd();
        int waiting;
        bool isFirst, isLost;
        lock (_gate)
        {
            isFirst = _waiting.IsEmpty;
            var isKept = _waiting.Any(kept => kept.Id == draft.Id);
            isLost = !isKept && _waiting.Count >= WaitingMax;
            _waiting = isKept || isLost ? _waiting : _waiting.Add(draft);
            waiting = _waiting.Count;
        }

        if (isFirst)
        {
            LogUnwritten(logger, reason, waiting);
        }
        else if (isLost)
        {
            LogLost(logger, waiting, draft.Action, draft.Actor, draft.Outcome.ToString());
        }

        return reason;
    }

    private void Settle(ImmutableList<AuditDraft> written)
    {
        int before;
        bool isOver;
        lock (_gate)
        {
            before = _waiting.Count;
            _waiting = _waiting.RemoveRange(written);
            isOver = before > 0 && _waiting.IsEmpty;
        }

        if (isOver)
        {
            LogWrittenAgain(logger, before);
        }
    }
}
