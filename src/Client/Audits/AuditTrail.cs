using BtcAgent.Contracts.Audit;
using BtcAgent.Domain.Audit;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Client.Audits;

/// <summary>
/// Writes this gateway's entries of the audit, those of one moment together: an attack that makes hundreds a second must not make
/// the next command wait. What could not be written waits, up to a limit, and is written before the next entry. Thread-safe.
/// </summary>
internal sealed partial class AuditTrail(IGrainFactory grains, TimeProvider time, ILogger<AuditTrail> logger) : IDisposable
{
    /// <summary>Entries that may wait.</summary>
    public const int WaitingMax = 1_000;

    private const string NoAnswer = "no answer";

    /// <summary>A halt is answered within a second, whether its entry is written or not.</summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromMilliseconds(800);

    /// <summary>A store that refuses is reported at once; one that is silent, after this: a shorter stall of a busy machine loses nothing.</summary>
    private static readonly TimeSpan SilentMax = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();

    /// <summary>Entries that are not written, in the order in which they came.</summary>
    private readonly List<Entry> _waiting = [];

    private bool _isWriting;

    /// <summary>From the first entry that was not written in time to the last one that waits; null while none does.</summary>
    private Outage? _outage;

    /// <returns>Why the entry is not written yet; null when it is on disk.</returns>
    public async Task<string?> AppendAsync(AuditDraft draft)
    {
        var entry = new Entry(draft);
        bool isFirst;
        lock (_gate)
        {
            _waiting.Add(entry);
            (isFirst, _isWriting) = (!_isWriting, true);
        }

        if (isFirst)
        {
            _ = WriteAsync();
        }

        try
        {
            return await entry.Answer.WaitAsync(AnswerWithin, time);
        }
        catch (TimeoutException)
        {
            return NoAnswer;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _outage?.Timer.Dispose();
        }
    }

    /// <summary>Writes until no entry is without an answer. One write takes all that came during the one before it.</summary>
    private async Task WriteAsync()
    {
        while (Next() is { Length: > 0 } batch)
        {
            string? reason = null;
            try
            {
                await grains.GetGrain<IAuditLogGrain>(IAuditLogGrain.Key).Append([.. batch.Select(entry => entry.Draft)]).WaitAsync(AnswerWithin, time);
                Settle(batch);
            }
            catch (Exception e)
            {
                reason = e is TimeoutException ? NoAnswer : e.GetBaseException().Message.Split('\n')[0].TrimEnd();
                Keep(batch, reason, isSilent: e is TimeoutException);
            }

            foreach (var entry in batch)
            {
                entry.Settle(reason);
            }
        }
    }

    private Entry[] Next()
    {
        lock (_gate)
        {
            _isWriting = _waiting.Exists(entry => !entry.Answer.IsCompleted);
            return _isWriting ? [.. _waiting] : [];
        }
    }

    private void Keep(Entry[] batch, string reason, bool isSilent)
    {
        List<AuditDraft> lost = [];
        lock (_gate)
        {
            // One sent again, such as a command's that was repeated, waits once.
            var ids = new HashSet<string>(StringComparer.Ordinal);
            foreach (var entry in batch.Where(entry => !ids.Add(entry.Draft.Id)).ToArray())
            {
                _waiting.Remove(entry);
            }

            foreach (var entry in batch.Where(_waiting.Contains).Skip(WaitingMax).ToArray())
            {
                _waiting.Remove(entry);
                lost.Add(entry.Draft);
            }

            _outage ??= new Outage(reason, time.CreateTimer(_ => Tell(), null, SilentMax, Timeout.InfiniteTimeSpan));
            _outage.Entries += batch.Count(entry => !entry.Answer.IsCompleted && _waiting.Contains(entry));
        }

        if (!isSilent)
        {
            Tell();
        }

        foreach (var draft in lost)
        {
            LogLost(logger, WaitingMax, draft.Action, draft.Actor, draft.Outcome.ToString());
        }
    }

    private void Settle(Entry[] written)
    {
        Outage? over = null;
        lock (_gate)
        {
            _waiting.RemoveAll(written.Contains);
            if (_outage is not null && !_waiting.Exists(entry => entry.Answer.IsCompleted))
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

    private sealed class Entry(AuditDraft draft)
    {
        private readonly TaskCompletionSource<string?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public AuditDraft Draft => draft;

        public Task<string?> Answer => _answer.Task;

        public void Settle(string? reason) => _answer.TrySetResult(reason);
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
