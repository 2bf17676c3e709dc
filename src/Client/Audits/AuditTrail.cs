using System.Collections.Immutable;
using BtcAgent.Contracts.Audit;
using BtcAgent.Domain.Audit;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Client.Audits;

/// <summary>
/// Writes this gateway's entries of the audit. What could not be written waits, up to a limit, and is written before the next
/// entry. Thread-safe.
/// </summary>
internal sealed partial class AuditTrail(IGrainFactory grains, TimeProvider time, ILogger<AuditTrail> logger) : IDisposable
{
    /// <summary>Entries that may wait.</summary>
    public const int WaitingMax = 1_000;

    /// <summary>A halt is answered within a second, whether its entry is written or not.</summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromMilliseconds(800);

    /// <summary>A store that refuses is reported at once; one that is silent, after this: a shorter stall of a busy machine loses nothing.</summary>
    private static readonly TimeSpan SilentMax = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private ImmutableList<AuditDraft> _waiting = [];

    /// <summary>From the first entry that waits to the last one that is written; null while none waits.</summary>
    private Outage? _outage;

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

    public void Dispose()
    {
        lock (_gate)
        {
            _outage?.Timer.Dispose();
        }
    }

    private string Keep(AuditDraft draft, Exception error)
    {
        var reason = error is TimeoutException ? "no answer" : error.GetBaseException().Message.Split('\n')[0].TrimEnd();
        int waiting;
        bool isLost;
        lock (_gate)
        {
            var isKept = _waiting.Any(kept => kept.Id == draft.Id);
            isLost = !isKept && _waiting.Count >= WaitingMax;
            if (!isKept && !isLost)
            {
                _waiting = _waiting.Add(draft);
                _outage ??= new Outage(reason, time.CreateTimer(_ => Tell(), null, SilentMax, Timeout.InfiniteTimeSpan));
                _outage.Entries++;
            }

            waiting = _waiting.Count;
        }

        if (error is not TimeoutException)
        {
            Tell();
        }

        if (isLost)
        {
            LogLost(logger, waiting, draft.Action, draft.Actor, draft.Outcome.ToString());
        }

        return reason;
    }

    private void Settle(ImmutableList<AuditDraft> written)
    {
        Outage? over = null;
        lock (_gate)
        {
            _waiting = _waiting.RemoveRange(written);
            if (_waiting.IsEmpty && _outage is not null)
            {
                (over, _outage) = (_outage, null);
                over.Timer.Dispose();
            }
        }

        if (over is { IsTold: true })
        {
            LogWrittenAgain(logger, over.Entries);
        }
    }

    private void Tell()
    {
        string reason;
        int waiting;
        lock (_gate)
        {
            if (_outage is not { IsTold: false } outage)
            {
                return;
            }

            outage.IsTold = true;
            (reason, waiting) = (outage.Reason, _waiting.Count);
        }

        LogUnwritten(logger, reason, waiting);
    }

    private sealed class Outage(string reason, ITimer timer)
    {
        public string Reason => reason;

        public ITimer Timer => timer;

        /// <summary>Entries that waited.</summary>
        public int Entries { get; set; }

        /// <summary>True once it lasted long enough to be logged.</summary>
        public bool IsTold { get; set; }
    }
}
