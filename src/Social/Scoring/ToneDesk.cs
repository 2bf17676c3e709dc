using System.Collections.Concurrent;
using BtcAgent.Social.Text;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Social.Scoring;

/// <summary>
/// Gathers texts into batches for a slow scorer, on its own thread. A text that has no tone in time, or whose batch fails, has the tone of the fallback;
/// after some failures in a row the scorer rests. Nobody waits longer than the time-out. Safe for several threads.
/// </summary>
public sealed partial class ToneDesk : IAsyncDisposable
{
    private readonly IBatchScorer _scorer;
    private readonly ITextScorer _fallback;
    private readonly ToneDeskLimits _limits;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly BlockingCollection<Waiting> _waiting;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private ToneDeskStatus _status = new(0, 0, 0, null, null);

    /// <param name="scorer">Called by one thread at a time; the caller disposes of it, after this.</param>
    /// <param name="fallback">Safe for several threads, and fast.</param>
    /// <param name="limits">Limits.</param>
    /// <param name="time">Clock of the time-outs.</param>
    /// <param name="logger">Receives no text.</param>
    public ToneDesk(IBatchScorer scorer, ITextScorer fallback, ToneDeskLimits limits, TimeProvider time, ILogger<ToneDesk> logger)
    {
        ArgumentNullException.ThrowIfNull(limits);
        (_scorer, _fallback, _limits, _time, _logger) = (scorer, fallback, limits, time, logger);
        _waiting = new BlockingCollection<Waiting>(limits.WaitingMax);
        new Thread(Run) { IsBackground = true, Name = "tones" }.Start();
    }

    public ToneDeskStatus Status
    {
        get
        {
            lock (_lock)
            {
                return _status;
            }
        }
    }

    /// <summary>The tone of a text, after the time-out at the latest.</summary>
    public async Task<ScoredTone> ScoreAsync(PostText text)
    {
        if (IsResting())
        {
            return FallBack(text);
        }

        var waiting = new Waiting(text, _time.GetTimestamp());
        if (!TryAdd(waiting))
        {
            return FallBack(text);
        }

        try
        {
            return await waiting.Answer.Task.WaitAsync(_limits.Timeout, _time) is { } tone ? new ScoredTone(tone, _scorer.Id, _scorer.Hash) : FallBack(text);
        }
        catch (TimeoutException)
        {
            return FallBack(text);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync();
        _waiting.CompleteAdding();
        await _ended.Task;
    }

    private bool TryAdd(Waiting waiting)
    {
        try
        {
            return _waiting.TryAdd(waiting);
        }
        catch (InvalidOperationException)
        {
            return false; // The desk has just been closed.
        }
    }

    private void Run()
    {
        foreach (var first in _waiting.GetConsumingEnumerable())
        {
            var batch = new List<Waiting>(_limits.BatchMax);
            Add(batch, first);
            while (batch.Count < _limits.BatchMax && _waiting.TryTake(out var next))
            {
                Add(batch, next);
            }

            if (batch.Count > 0)
            {
                Score(batch);
            }
        }

        _ended.SetResult();
    }

    /// <summary>Adds a text to a batch, unless it is too late for it.</summary>
    private void Add(List<Waiting> batch, Waiting waiting)
    {
        if (_stopping.IsCancellationRequested || IsResting() || _time.GetElapsedTime(waiting.Since) >= _limits.Timeout)
        {
            waiting.Answer.TrySetResult(null);
        }
        else
        {
            batch.Add(waiting);
        }
    }

    private void Score(List<Waiting> batch)
    {
        using var limit = new CancellationTokenSource(_limits.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stopping.Token);
        try
        {
            var tones = _scorer.Score([.. batch.Select(waiting => waiting.Text)], either.Token);
            if (tones.Count != batch.Count)
            {
                throw new ScoringException($"{tones.Count} tones for {batch.Count} texts");
            }

            Succeed(batch.Count);
            foreach (var (waiting, tone) in batch.Zip(tones))
            {
                waiting.Answer.TrySetResult(tone);
            }
        }
        catch (Exception problem)
        {
            // Another exception's message could quote a text.
            if (!_stopping.IsCancellationRequested)
            {
                Fail(problem switch
                {
                    ScoringException => problem.Message,
                    OperationCanceledException => $"no answer in {_limits.Timeout.TotalMilliseconds:F0} ms",
                    _ => problem.GetType().Name,
                });
            }

            batch.ForEach(waiting => waiting.Answer.TrySetResult(null));
        }
    }

    private ScoredTone FallBack(PostText text)
    {
        lock (_lock)
        {
            _status = _status with { FellBack = _status.FellBack + 1 };
        }

        return new ScoredTone(_fallback.Score(text), _fallback.Id, _fallback.Hash);
    }

    private bool IsResting()
    {
        lock (_lock)
        {
            return _status.PausedUntil > _time.GetUtcNow();
        }
    }

    private void Succeed(int texts)
    {
        lock (_lock)
        {
            _status = _status with { Scored = _status.Scored + texts, Failures = 0, Problem = null, PausedUntil = null };
        }
    }

    private void Fail(string problem)
    {
        ToneDeskStatus now;
        lock (_lock)
        {
            var failures = _status.Failures + 1;
            var rests = failures >= _limits.FailuresMax;
            now = _status = _status with
            {
                Failures = rests ? 0 : failures,
                Problem = problem,
                PausedUntil = rests ? _time.GetUtcNow() + _limits.Pause : null,
            };
        }

        if (now.PausedUntil is not null)
        {
            LogResting(_logger, _scorer.Id, problem, _fallback.Id, _limits.Pause.TotalSeconds);
        }
        else
        {
            LogFailed(_logger, _scorer.Id, problem, _fallback.Id);
        }
    }

    private sealed record Waiting(PostText Text, long Since)
    {
        public TaskCompletionSource<ToneScore?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The scorer {Scorer} failed ({Problem}); {Fallback} judges these posts")]
    private static partial void LogFailed(ILogger logger, string scorer, string problem, string fallback);

    [LoggerMessage(Level = LogLevel.Error, Message = "The scorer {Scorer} failed again ({Problem}); {Fallback} judges all posts for {Seconds:F0} s")]
    private static partial void LogResting(ILogger logger, string scorer, string problem, string fallback, double seconds);
}
