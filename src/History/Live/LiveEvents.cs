using System.Runtime.CompilerServices;
using System.Threading.Channels;
using BtcAgent.Contracts.Events;
using BtcAgent.Domain.Facts;
using BtcAgent.History.Datasets;
using BtcAgent.History.Log;
using BtcAgent.History.Sinks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BtcAgent.History.Live;

/// <summary>
/// Follows the end of the log while there are subscribers, makes each row once, and gives it to all. One task owns the places in
/// the log and the list of subscribers; a subscriber has a bounded queue, so a slow one holds up nobody.
/// </summary>
public sealed partial class LiveEvents : BackgroundService, ILiveEvents
{
    private const string Quotes = "quotes";
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SubscribeMax = TimeSpan.FromSeconds(20);

    /// <summary>The venue's public trades and books are left out: they are the feed itself, and not what the agent does.</summary>
    private static readonly string[] LeftOut = ["trades", "book"];

    private readonly Func<IFactLog> _openLog;
    private readonly Dictionary<string, Dataset> _datasets;
    private readonly LiveOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _catchingUp = new(4, 4);
    private readonly Channel<(Subscription Subscription, TaskCompletionSource Joined)> _joining =
        Channel.CreateUnbounded<(Subscription, TaskCompletionSource)>(new() { SingleReader = true });

    private readonly List<Subscription> _subscriptions = [];
    private readonly QuoteBoard _board = new();
    private readonly Dictionary<LogPartition, SinkCursor> _cursors = [];
    private int _count;

    /// <param name="openLog">Opens the log; a log that is disposable is disposed.</param>
    /// <param name="datasets">Data sets whose rows are events; their names are the topics.</param>
    /// <param name="options">Limits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Receives problems.</param>
    public LiveEvents(Func<IFactLog> openLog, IEnumerable<Dataset> datasets, IOptions<LiveOptions> options, TimeProvider time, ILogger<LiveEvents> logger)
    {
        (_openLog, _options, _time, _logger) = (openLog, options.Value, time, logger);
        _datasets = datasets.Where(dataset => !LeftOut.Contains(dataset.Name)).ToDictionary(dataset => dataset.Name);
        Topics = [.. _datasets.Keys];
    }

    public IReadOnlyList<string> Topics { get; }

    /// <summary>Subscribers at present.</summary>
    public int Subscribers => Volatile.Read(ref _count);

    public async Task<IEventSubscription> SubscribeAsync(EventRequest request, CancellationToken cancellationToken)
    {
        if (request.Topics.Count == 0 || request.Topics.FirstOrDefault(topic => !_datasets.ContainsKey(topic)) is { } unknown && unknown.Length >= 0)
        {
            throw new EventRequestException(
                $"topics has '{string.Join(',', request.Topics)}': give one or more of {string.Join(", ", Topics)}, separated by commas");
        }

        var after = request.After is null ? null : EventPosition.Parse(request.After);
        if (Interlocked.Increment(ref _count) > _options.SubscribersMax)
        {
            Interlocked.Decrement(ref _count);
            throw new EventsBusyException($"{_options.SubscribersMax} subscribers are connected: try again later, or raise {LiveOptions.Section}:SubscribersMax");
        }

        var wanted = request.Topics.Select(topic => _datasets[topic]).Distinct().ToArray();
        var quotes = request.QuoteInterval ?? TimeSpan.FromMilliseconds(_options.QuoteMs);
        var subscription = new Subscription(request, wanted, after, quotes, _options.QueueMax, _board, _time, CatchUpAsync, () => Interlocked.Decrement(ref _count));
        var joined = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            _joining.Writer.TryWrite((subscription, joined));
            await joined.Task.WaitAsync(SubscribeMax, _time, cancellationToken);
            return subscription;
        }
        catch (Exception e)
        {
            subscription.Dispose();
            throw e is TimeoutException ? new IOException("the log of facts does not answer: try again", e) : e;
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _catchingUp.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _joining.Reader.WaitToReadAsync(stoppingToken))
            {
                try
                {
                    await FollowAsync(stoppingToken);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    LogFailed(_logger, e.Message, e is IOException ? null : e);
                    EndAll(e);
                    await Task.Delay(LookEvery, _time, stoppingToken);
                }
            }
        }
        finally
        {
            EndAll(null);
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var log = _openLog();
        try
        {
            _cursors.Clear();
            var isFirst = true;
            using var encoder = new FactEncoder(_datasets.Values.Where(dataset => dataset.Name != Quotes));
            using var quotes = new FactEncoder([_datasets[Quotes]]);
            while (true)
            {
                var appended = log.NextAppend;
                await FindPartitionsAsync(log, isFirst, cancellationToken);
                isFirst = false;
                await JoinAsync(log, cancellationToken);
                if (_subscriptions.Count == 0)
                {
                    return;
                }

                var hasMore = await FeedAsync(log, encoder, quotes, cancellationToken);
                var hasQuotes = WakeAll();
                if (!hasMore)
                {
                    await WaitAsync(appended, hasQuotes ? Gather : LookEvery, cancellationToken);
                }
            }
        }
        finally
        {
            (log as IDisposable)?.Dispose();
        }
    }

    /// <summary>Takes up partitions at their end; those that appear later, at their beginning.</summary>
    private async Task FindPartitionsAsync(IFactLog log, bool isFirst, CancellationToken cancellationToken)
    {
        foreach (var partition in log.Partitions([.. _datasets.Values.Select(dataset => dataset.Topic).Distinct()]))
        {
            if (!_cursors.ContainsKey(partition))
            {
                var (first, next) = await log.BoundsAsync(partition, cancellationToken);
                _cursors.Add(partition, await FactEncoder.OpenAsync(log, partition, isFirst ? next : first, cancellationToken));
            }
        }
    }

    private async Task JoinAsync(IFactLog log, CancellationToken cancellationToken)
    {
        if (_joining.Reader.TryPeek(out _))
        {
            // Partitions that nobody has followed so far begin at their end.
            foreach (var cursor in _cursors.Values.Where(cursor => !_subscriptions.Exists(one => one.Wants(cursor.Partition.Topic))))
            {
                cursor.Next = (await log.BoundsAsync(cursor.Partition, cancellationToken)).Next;
            }
        }

        while (_joining.Reader.TryRead(out var joining))
        {
            joining.Subscription.Start(_cursors.Values.Select(cursor => (cursor.Partition, cursor.Next)));
            _subscriptions.Add(joining.Subscription);
            joining.Joined.TrySetResult();
        }

        _subscriptions.RemoveAll(subscription => subscription.IsOver);
    }

    /// <returns>True when there may be more to read at once.</returns>
    private async Task<bool> FeedAsync(IFactLog log, FactEncoder encoder, FactEncoder quotes, CancellationToken cancellationToken)
    {
        var any = false;
        foreach (var cursor in _cursors.Values)
        {
            var wanting = _subscriptions.Where(subscription => subscription.Wants(cursor.Partition.Topic)).ToArray();
            if (wanting.Length == 0)
            {
                continue;
            }

            if (cursor.Partition.Topic == FactTopic.MarketData)
            {
                _board.Put(await quotes.ReadLastQuotesAsync(log, cursor, cancellationToken));
                continue;
            }

            var facts = await encoder.ReadAsync(log, cursor, cancellationToken);
            any |= facts.Count > 0;
            Array.ForEach(wanting, subscription => subscription.Offer(facts));
        }

        return any;
    }

    /// <summary>Wakes the subscribers that have something to send: their waits have no timers.</summary>
    /// <returns>True when a quote waits for its time.</returns>
    private bool WakeAll()
    {
        var now = _time.GetTimestamp();
        var hasQuotes = false;
        foreach (var subscription in _subscriptions)
        {
            hasQuotes |= subscription.Wake(now);
        }

        return hasQuotes;
    }

    private async Task WaitAsync(Task appended, TimeSpan longest, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(appended, _joining.Reader.WaitToReadAsync(waiting.Token).AsTask(), Task.Delay(longest, _time, waiting.Token));
        await waiting.CancelAsync();
        await Task.Delay(Gather, _time, cancellationToken);
    }

    /// <summary>Reads what a subscriber has missed up to the places where its live events begin.</summary>
    private async IAsyncEnumerable<LiveFact> CatchUpAsync(
        Dataset[] datasets, IReadOnlyList<(LogPartition Partition, long From, long To)> ranges, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await _catchingUp.WaitAsync(cancellationToken);
        var log = _openLog();
        try
        {
            using var encoder = new FactEncoder(datasets);
            foreach (var (partition, from, to) in ranges)
            {
                var (first, _) = await log.BoundsAsync(partition, cancellationToken);
                if (from < first)
                {
                    yield return new LiveFact(partition, first, []) { Gap = $"{FactTopics.NameOf(partition.Topic)}: offsets {from} to {first - 1} are no longer kept" };
                }

                var cursor = await FactEncoder.OpenAsync(log, partition, Math.Max(from, first), cancellationToken);
                while (cursor.Next < to)
                {
                    var facts = await encoder.ReadAsync(log, cursor, cancellationToken);
                    foreach (var fact in facts.Where(fact => fact.Next <= to))
                    {
                        yield return fact;
                    }

                    if (facts.Count == 0)
                    {
                        break; // The rest has been deleted by the retention.
                    }
                }
            }
        }
        finally
        {
            (log as IDisposable)?.Dispose();
            _catchingUp.Release();
        }
    }

    private void EndAll(Exception? why)
    {
        while (_joining.Reader.TryRead(out var joining))
        {
            joining.Joined.TrySetException(why as IOException ?? new IOException(why?.Message ?? "the agent stops", why));
        }

        foreach (var subscription in _subscriptions)
        {
            subscription.End();
        }

        _subscriptions.Clear();
    }
}
