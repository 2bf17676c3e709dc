using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Wire;
using BtcAgent.History.Log;
using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace BtcAgent.History.Sinks;

/// <summary>
/// Feeds one sink from the log: from its checkpoint on, without repeats, as fast as it takes. After a failure it pauses, opens the
/// sink again and continues at the checkpoint that the sink then has.
/// </summary>
public sealed partial class SinkRunner(IFactLog log, IFactSink sink, SinkOptions options, TimeProvider time, ILogger<SinkRunner> logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FlushEvery = TimeSpan.FromSeconds(1);

    private readonly Dictionary<LogPartition, SinkCursor> _cursors = [];
    private readonly SinkProgress _progress = new();
    private readonly TimeSpan _longestPause = TimeSpan.FromSeconds(options.RetrySecondsMax);
    private readonly TimeSpan _gather = TimeSpan.FromMilliseconds(options.GatherMs);

    private TaskCompletionSource? _asked;
    private TaskCompletionSource? _answering;

    public SinkStatus Status => _progress.ToStatus(sink.Name, sink.Stall, time.GetUtcNow());

    /// <summary>Runs until it is cancelled; then stores what the sink has collected.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(() => pause = FirstPause, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                // A fault of one sink, foreseen or not, must not end the agent.
                var reason = e is SinkException or IOException ? e.Message : $"{e.GetType().Name}: {e.Message}";
                if (_progress.Fail(reason, time.GetUtcNow()))
                {
                    LogFailed(logger, sink.Name, reason, e is SinkException or IOException ? null : e);
                }

                Answer();
                await Task.Delay(e is SinkException { IsFinal: true } ? _longestPause : pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, _longestPause.Ticks));
            }
        }

        await FlushAtEndAsync();
    }

    /// <summary>Completes when the sink has stored all that is in the log now, or has failed.</summary>
    public Task WhenCaughtUpAsync(CancellationToken cancellationToken)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (Interlocked.CompareExchange(ref _asked, asked, null) ?? asked).Task.WaitAsync(cancellationToken);
    }

    private async Task FollowAsync(Action onStored, CancellationToken cancellationToken)
    {
        _cursors.Clear();
        await sink.OpenAsync(cancellationToken);
        var openedAt = time.GetTimestamp();
        var flushedAt = openedAt;
        while (true)
        {
            var any = false;
            var appended = log.NextAppend;
            _answering ??= Interlocked.Exchange(ref _asked, null);
            foreach (var partition in log.Partitions(sink.Topics))
            {
                any |= await FeedAsync(await CursorOfAsync(partition, cancellationToken), cancellationToken);
            }

            if (time.GetElapsedTime(flushedAt) >= FlushEvery)
            {
                await sink.FlushAsync(everything: false, cancellationToken);
                flushedAt = time.GetTimestamp();
            }

            if (sink.Stall is not null && time.GetElapsedTime(openedAt) >= _longestPause)
            {
                await sink.FlushAsync(everything: true, cancellationToken);
                return; // To be opened again: what stopped a part of it may have been corrected.
            }

            if (any)
            {
                onStored();
                continue;
            }

            if (_answering is not null)
            {
                await sink.FlushAsync(everything: true, cancellationToken);
                Answer();
            }

            if (_progress.CaughtUp())
            {
                LogWorksAgain(logger, sink.Name);
            }

            await WaitAsync(appended, cancellationToken);
        }
    }

    private void Answer()
    {
        _answering?.TrySetResult();
        _answering = null;
    }

    private async Task WaitAsync(Task appended, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(appended, Task.Delay(FlushEvery, time, waiting.Token));
        await waiting.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        if (appended.IsCompleted && _asked is null)
        {
            await Task.Delay(_gather, time, cancellationToken);
        }
    }

    /// <returns>True when the log had something.</returns>
    private async Task<bool> FeedAsync(SinkCursor cursor, CancellationToken cancellationToken)
    {
        var entries = await log.ReadAsync(cursor.Partition, cursor.Next, options.BatchMax, cancellationToken);
        if (entries.Count == 0)
        {
            return false;
        }

        _progress.Behind(entries[0].Time);
        var next = entries[^1].Offset + 1;
        List<OffsetRange> lost = [.. next - cursor.Next == entries.Count ? [] : log.LostBetween(cursor.Partition, cursor.Next, next)];
        var facts = new List<FactRecord>(entries.Count);
        foreach (var entry in entries)
        {
            if (Read(cursor, entry, lost) is { } message)
            {
                facts.Add(new FactRecord(entry.Offset, entry.Time, entry.Key, message));
            }
        }

        await sink.WriteAsync(new FactBatch(cursor.Partition, cursor.Next, next, facts) { Lost = lost }, cancellationToken);
        cursor.Next = next;
        _progress.Took(facts.Count, entries[^1].Time);
        return true;
    }

    /// <param name="cursor">Place of the sink.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="lost">Receives the offset of an unreadable fact; null for an entry that the sink has had already.</param>
    private IMessage? Read(SinkCursor cursor, LogEntry entry, List<OffsetRange>? lost)
    {
        try
        {
            return cursor.Pass(FactMessages.Read(cursor.Partition.Topic, entry.Payload.Span), entry.Offset);
        }
        catch (FormatException e)
        {
            lost?.Add(new OffsetRange(entry.Offset, entry.Offset + 1));
            if (lost is not null && _progress.Unreadable())
            {
                LogUnreadable(logger, sink.Name, cursor.Partition, entry.Offset, e.Message);
            }

            return null;
        }
    }

    private async Task<SinkCursor> CursorOfAsync(LogPartition partition, CancellationToken cancellationToken)
    {
        if (_cursors.TryGetValue(partition, out var known))
        {
            return known;
        }

        var (first, next) = await log.BoundsAsync(partition, cancellationToken);
        var checkpoint = await sink.CheckpointAsync(partition, cancellationToken);
        if (checkpoint > next)
        {
            throw new SinkException(
                $"its checkpoint of {partition} is {checkpoint}, beyond the end of the log at {next}: the log was replaced under its name, or the checkpoint "
                + "was changed. Restore the one or the other, or move the log's folder away to begin one with a new name")
            {
                IsFinal = true,
            };
        }

        if (checkpoint < first)
        {
            LogMissed(logger, sink.Name, partition, checkpoint.Value, first);
        }

        var cursor = new SinkCursor(partition, Math.Max(checkpoint ?? first, first), log.MarketDataMayRepeat);
        await cursor.RememberAsync(log, first, options.BatchMax, entry => Read(cursor, entry, lost: null), cancellationToken);
        _cursors.Add(partition, cursor);
        return cursor;
    }

    private async Task FlushAtEndAsync()
    {
        try
        {
            await sink.FlushAsync(everything: true, CancellationToken.None);
        }
        catch (Exception e)
        {
            LogFailed(logger, sink.Name, e.Message, e); // The next start continues at the checkpoint.
        }
    }

    [LoggerMessage(EventId = 1110, Level = LogLevel.Warning, Message = "Sink {Sink} does not store facts and tries again: {Reason}")]
    private static partial void LogFailed(ILogger logger, string sink, string reason, Exception? e);

    [LoggerMessage(EventId = 1111, Level = LogLevel.Information, Message = "Sink {Sink} stores facts again and is up to date")]
    private static partial void LogWorksAgain(ILogger logger, string sink);

    [LoggerMessage(EventId = 1112, Level = LogLevel.Error,
        Message = "Sink {Sink} leaves out an unreadable fact at {Partition} offset {Offset}: {Reason}; further ones are only counted")]
    private static partial void LogUnreadable(ILogger logger, string sink, LogPartition partition, long offset, string reason);

    [LoggerMessage(EventId = 1113, Level = LogLevel.Error,
        Message = "Sink {Sink} was away for too long: of {Partition} the facts from offset {From} to {To} are no longer in the log")]
    private static partial void LogMissed(ILogger logger, string sink, LogPartition partition, long from, long to);
}
