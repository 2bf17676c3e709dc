using System.Collections.Frozen;
using System.Globalization;
using System.Threading.Channels;
using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Wire;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.Trading;
using BtcAgent.Storage.Embedded;
using Microsoft.Extensions.Logging;

namespace BtcAgent.History.Log.Local;

/// <summary>
/// The log of a single process: one folder of segment files per topic. Publishing only queues; one task encodes, writes, flushes
/// to disk once per <see cref="FactLogOptions.SyncEveryMs"/>, and deletes what is beyond the retention.
/// </summary>
public sealed partial class LocalFactLog : IFactLog, IFactPublisher, IAsyncDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetentionEvery = TimeSpan.FromSeconds(10);

    /// <summary>Far more than are written in a millisecond: an offset made of the clock is above all used ones.</summary>
    private const long OffsetsPerMillisecond = 1_000;

    private readonly FactLogOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly FactLogIdentity _identity;
    private readonly FrozenDictionary<FactTopic, TopicLog> _topics;
    private readonly FrozenSet<FactTopic> _kept;
    private readonly Channel<(Fact Fact, LinkedListNode<TimeSpan> Place)> _waiting;
    private readonly SinkBacklog _backlog = new();
    private readonly List<LinkedListNode<TimeSpan>> _written = [];
    private volatile TaskCompletionSource _appended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _writing;
    private long _dropped;
    private long _accepted;
    private long _settled;

    private LocalFactLog(
        FactLogIdentity identity, FrozenDictionary<FactTopic, TopicLog> topics, FrozenSet<FactTopic> kept, FactLogOptions options, TimeProvider time, ILogger logger)
    {
        (_identity, _topics, _kept, _options, _time, _logger) = (identity, topics, kept, options, time, logger);
        _waiting = Channel.CreateBounded<(Fact, LinkedListNode<TimeSpan>)>(new BoundedChannelOptions(options.WaitingMax) { SingleReader = true });
        _writing = Task.Run(WriteAsync);
    }

    public TimeSpan Lag => _backlog.Age(Now());

    /// <summary>Facts lost since the start, because they could not be written in time.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Why facts are not written at present; null when they are.</summary>
    public string? Problem { get; private set; }

    /// <summary>The limits on age and size.</summary>
    public string Limits => string.Create(CultureInfo.InvariantCulture, $"{_options.RetainDays} days, {_options.RetainMb} MiB");

    /// <summary>Bytes of all files.</summary>
    public long Bytes => _topics.Values.Sum(topic => topic.Bytes);

    /// <summary>Bytes deleted since the start because of age or size.</summary>
    public long TrimmedBytes { get; private set; }

    public bool MarketDataMayRepeat => false;

    public Task NextAppend => _appended.Task;

    /// <summary>Opens the log of a folder, or begins one.</summary>
    /// <param name="identity">Names for a log that begins; an existing one keeps its own, unless it is of a replay.</param>
    /// <param name="options">Folder and limits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Receives problems.</param>
    /// <param name="kept">The topics whose facts it keeps; null keeps all.</param>
    /// <exception cref="EmbeddedStoreException">The folder cannot be used.</exception>
    public static LocalFactLog Open(
        FactLogIdentity identity, FactLogOptions options, TimeProvider time, ILogger<LocalFactLog> logger, IReadOnlyCollection<FactTopic>? kept = null)
    {
        try
        {
            if (identity.IsReplay && Directory.Exists(options.Folder))
            {
                Directory.Delete(options.Folder, recursive: true);
            }

            Directory.CreateDirectory(options.Folder);
            identity = identity.IsReplay ? identity : FactLogIdentity.Of(LogName.ReadOrCreate(options.Folder, identity.Others));
            var unused = time.GetUtcNow().ToUnixTimeMilliseconds() * OffsetsPerMillisecond;
            var topics = FactTopics.All.ToFrozenDictionary(
                topic => topic, topic => TopicLog.Open(topic, options.Folder, options.SegmentMb * 1024L * 1024, unused));
            foreach (var (topic, _) in topics.Where(topic => topic.Value.HasLostItsFiles))
            {
                LogFilesLost(logger, FactTopics.NameOf(topic), options.Folder, unused);
            }

            return new LocalFactLog(identity, topics, (kept ?? FactTopics.All).ToFrozenSet(), options, time, logger);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddedStoreException(
                $"cannot use the log of facts in '{options.Folder}' ({e.Message}): correct its permissions", e);
        }
    }

    public void Publish(Fact fact)
    {
        if (!_kept.Contains(fact.Topic) || (_identity.IsReplay && fact is LatencyFact))
        {
            return; // Latencies are the one kind that is different in each replay.
        }

        var place = _backlog.Take(Now());
        if (_identity.IsReplay)
        {
            // A lost fact would move the offsets of all later ones.
            _waiting.Writer.WriteAsync((fact, place)).AsTask().GetAwaiter().GetResult();
            Interlocked.Increment(ref _accepted);
        }
        else if (_waiting.Writer.TryWrite((fact, place)))
        {
            Interlocked.Increment(ref _accepted);
        }
        else
        {
            _backlog.Settle(place, stored: false);
            if (Interlocked.Increment(ref _dropped) == 1)
            {
                LogDropping(_logger, _options.WaitingMax);
            }
        }
    }

    public IReadOnlyList<LogPartition> Partitions(IReadOnlyCollection<FactTopic> topics) =>
        [.. topics.Select(topic => new LogPartition(topic == FactTopic.MarketData ? _identity.MarketData : _identity.Others, topic, 0))];

    public ValueTask<(long First, long Next)> BoundsAsync(LogPartition partition, CancellationToken cancellationToken)
    {
        var topic = _topics[partition.Topic];
        return ValueTask.FromResult((topic.First, topic.Next));
    }

    public ValueTask<IReadOnlyList<LogEntry>> ReadAsync(LogPartition partition, long offset, int entriesMax, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_topics[partition.Topic].Reader.Read(offset, entriesMax, damage => LogDamage(_logger, damage)));

    public IReadOnlyList<OffsetRange> LostBetween(LogPartition partition, long from, long to) => _topics[partition.Topic].Reader.LostBetween(from, to);

    /// <summary>Completes when all facts published before the call are in the files.</summary>
    public async Task WhenWrittenAsync(CancellationToken cancellationToken)
    {
        var accepted = Interlocked.Read(ref _accepted);
        for (var appended = NextAppend; Interlocked.Read(ref _settled) < accepted; appended = NextAppend)
        {
            await appended.WaitAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _writing;
        foreach (var topic in _topics.Values)
        {
            topic.Dispose();
        }
    }

    private async Task WriteAsync()
    {
        var syncedAt = Now();
        var trimmedAt = Now();
        var syncEvery = TimeSpan.FromMilliseconds(_options.SyncEveryMs);
        while (await WaitForFactsAsync(syncEvery))
        {
            while (_written.Count < _options.WaitingMax && _waiting.Reader.TryRead(out var waiting))
            {
                Append(waiting.Fact);
                _written.Add(waiting.Place);
            }

            if (!await TryAsync(WriteCollected))
            {
                continue;
            }

            if (Now() - syncedAt >= syncEvery)
            {
                await TryAsync(Sync);
                syncedAt = Now();
            }

            if (Now() - trimmedAt >= RetentionEvery)
            {
                await TryAsync(Trim);
                trimmedAt = Now();
            }
        }

        if (_written.Count > 0)
        {
            LogLost(_logger, _written.Count, Problem ?? "stopped");
        }
    }

    /// <returns>False when no fact will come any more, and all are written.</returns>
    private async Task<bool> WaitForFactsAsync(TimeSpan longest)
    {
        if (_written.Count > 0 || _waiting.Reader.Count > 0)
        {
            return !_waiting.Reader.Completion.IsCompleted || Problem is null;
        }

        // Wakes up without a fact too, so that what was written last is flushed in time.
        using var awake = new CancellationTokenSource(longest, _time);
        try
        {
            return await _waiting.Reader.WaitToReadAsync(awake.Token);
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private void Append(Fact fact)
    {
        try
        {
            var message = FactMessages.Of(fact);
            _topics[message.Topic].Append(Timestamp.FromDateTimeOffset(_time.GetUtcNow()), message.Key, message.Payload);
        }
        catch (Exception e)
        {
            // One fact that cannot be encoded must not end the log for all others.
            Interlocked.Increment(ref _dropped);
            LogNotEncoded(_logger, fact.GetType().Name, e);
        }
    }

    private void WriteCollected()
    {
        var now = Timestamp.FromDateTimeOffset(_time.GetUtcNow());
        foreach (var topic in _topics.Values)
        {
            topic.Write(now);
        }

        foreach (var place in _written)
        {
            _backlog.Settle(place, stored: true);
        }

        if (_written.Count > 0)
        {
            Interlocked.Add(ref _settled, _written.Count);
            _written.Clear();
            Interlocked.Exchange(ref _appended, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }
    }

    private void Sync()
    {
        foreach (var topic in _topics.Values)
        {
            topic.Sync();
        }
    }

    private async Task<bool> TryAsync(Action work)
    {
        try
        {
            work();
            if (Problem is not null)
            {
                Problem = null;
                LogWritesAgain(_logger);
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (Problem is null)
            {
                LogCannotWrite(_logger, _options.Folder, e.Message);
            }

            Problem = e.Message;
            await Task.Delay(RetryAfter, _time);
            return false;
        }
    }

    /// <summary>Monotonic clock: an age must not jump when the system clock is set.</summary>
    private TimeSpan Now() => _time.GetElapsedTime(0);
}
