using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using BtcAgent.Contracts.Events;
using BtcAgent.Domain.Facts;
using BtcAgent.History.Datasets;
using BtcAgent.History.Log;

namespace BtcAgent.History.Live;

/// <summary>Reads the facts of ranges of the log.</summary>
internal delegate IAsyncEnumerable<LiveFact> CatchUp(
    Dataset[] datasets, IReadOnlyList<(LogPartition Partition, long From, long To)> ranges, CancellationToken cancellationToken);

/// <summary>The events of one subscriber: first those it has missed, then live ones out of a bounded queue.</summary>
internal sealed class Subscription(
    EventRequest request, Dataset[] wanted, EventPosition? after, TimeSpan quoteInterval, int queueMax, TimeProvider time, CatchUp catchUp, Action onEnd)
    : IEventSubscription
{
    private const int GroupMax = 256;
    private static readonly TimeSpan HeartbeatEvery = TimeSpan.FromSeconds(15);

    private readonly HashSet<string> _topics = [.. request.Topics];
    private readonly HashSet<FactTopic> _factTopics = [.. wanted.Select(dataset => dataset.Topic)];
    private readonly HashSet<string>? _portfolios = request.Portfolios is { } portfolios ? [.. portfolios] : null;
    private readonly Channel<LiveFact> _queue = Channel.CreateBounded<LiveFact>(new BoundedChannelOptions(queueMax) { SingleReader = true, SingleWriter = true });
    private readonly ConcurrentDictionary<string, LiveRow> _quotes = new(StringComparer.Ordinal);
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly List<(LogPartition Partition, long From, long To)> _missed = [];
    private readonly List<string> _gaps = [];
    private EventPosition _position = new("");
    private long _quotesAt = time.GetTimestamp() - (long)(quoteInterval.TotalSeconds * time.TimestampFrequency);
    private volatile bool _isOverrun;
    private volatile bool _isEnded;
    private int _isDisposed;

    /// <summary>True when it takes no more.</summary>
    public bool IsOver => _isOverrun || _isEnded;

    /// <summary>Until a gap is reported, the position that was asked for, so that a connection that breaks before does not hide the gap.</summary>
    public string? Position => _gaps.Count > 0 ? after!.ToString() : _position.Log.Length > 0 ? _position.ToString() : null;

    public bool Wants(FactTopic topic) => !IsOver && _factTopics.Contains(topic);

    /// <summary>Fixes the places from which on facts are offered; what is before them, the subscription reads itself.</summary>
    public void Start(IEnumerable<(LogPartition Partition, long Next)> places)
    {
        foreach (var (partition, next) in places.Where(place => place.Partition.Topic != FactTopic.MarketData && _factTopics.Contains(place.Partition.Topic)))
        {
            if (_position.Log.Length == 0)
            {
                _position = new EventPosition(partition.Log);
                if (after is not null && after.Log != partition.Log)
                {
                    _gaps.Add($"the position is of another log, {after.Log}: events since then are not known here");
                }
            }

            var (from, rows) = after is not null && after.Log == partition.Log ? after.PlaceOf(partition) ?? new(next, 0) : new(next, 0);
            if (from > next)
            {
                _gaps.Add($"{FactTopics.NameOf(partition.Topic)} ends at {next}, before the position {from}: the log was replaced");
                (from, rows) = (next, 0);
            }
            else if (from < next)
            {
                _missed.Add((partition, from, next));
            }

            _position.Set(partition, from, rows);
        }
    }

    /// <summary>Gives facts of one partition, in order.</summary>
    public void Offer(IReadOnlyList<LiveFact> facts)
    {
        foreach (var fact in facts)
        {
            if (IsOver || !_queue.Writer.TryWrite(fact))
            {
                _isOverrun = true; // Nothing after it, so that the subscriber can resume without a hole.
                break;
            }
        }

        if (facts.Count > 0)
        {
            _wake.Writer.TryWrite(true);
        }
    }

    /// <summary>Replaces the last quote of its instrument.</summary>
    public void OfferQuote(LiveRow quote)
    {
        if (IsWanted(quote))
        {
            _quotes[quote.Instrument ?? ""] = quote;
            _wake.Writer.TryWrite(true);
        }
    }

    public void End()
    {
        _isEnded = true;
        _wake.Writer.TryWrite(true);
    }

    public async IAsyncEnumerable<IReadOnlyList<LiveEvent>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var group in CatchUpAsync(cancellationToken))
        {
            yield return group;
        }

        var sentAt = time.GetTimestamp();
        while (true)
        {
            var group = Collect();
            if (group.Count > 0)
            {
                yield return group;
                sentAt = time.GetTimestamp();
                continue;
            }

            if (_isOverrun)
            {
                yield return [Note(LiveEvent.Overrun, $"more than {queueMax} events were waiting: connect again with the last id")];
                yield break;
            }

            if (_isEnded)
            {
                yield break;
            }

            var idle = time.GetElapsedTime(sentAt);
            if (idle >= HeartbeatEvery)
            {
                yield return [new LiveEvent(LiveEvent.Heartbeat, "{}"u8.ToArray(), Position)];
                sentAt = time.GetTimestamp();
                continue;
            }

            var wait = HeartbeatEvery - idle;
            await WaitAsync(_quotes.IsEmpty ? wait : Min(wait, quoteInterval - time.GetElapsedTime(_quotesAt)), cancellationToken);
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            End();
            onEnd();
        }
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static LiveEvent Note(string topic, string reason) =>
        new(topic, Encoding.UTF8.GetBytes($$"""{"reason":"{{System.Text.Json.JsonEncodedText.Encode(reason)}}"}"""), null);

    private async IAsyncEnumerable<IReadOnlyList<LiveEvent>> CatchUpAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_gaps.Count > 0)
        {
            yield return [.. _gaps.Select(gap => Note(LiveEvent.Gap, gap))];
            _gaps.Clear();
        }

        if (_missed.Count == 0)
        {
            yield break;
        }

        var group = new List<LiveEvent>();
        await foreach (var fact in catchUp(wanted, _missed, cancellationToken))
        {
            if (fact.Gap is { } gap)
            {
                group.Add(Note(LiveEvent.Gap, gap));
            }

            Add(fact, group);
            if (group.Count >= GroupMax)
            {
                yield return group;
                group = [];
            }
        }

        foreach (var (partition, _, to) in _missed)
        {
            _position.Set(partition, to);
        }

        if (group.Count > 0)
        {
            yield return group;
        }
    }

    private List<LiveEvent> Collect()
    {
        var group = new List<LiveEvent>();
        while (group.Count < GroupMax && _queue.Reader.TryRead(out var fact))
        {
            Add(fact, group);
        }

        if (!_quotes.IsEmpty && time.GetElapsedTime(_quotesAt) >= quoteInterval)
        {
            _quotesAt = time.GetTimestamp();
            foreach (var instrument in _quotes.Keys)
            {
                if (_quotes.TryRemove(instrument, out var quote))
                {
                    group.Add(new LiveEvent("quotes", quote.Json, null));
                }
            }
        }

        return group;
    }

    /// <summary>Adds the rows of a fact that the subscriber wants and has not; each moves the position.</summary>
    private void Add(LiveFact fact, List<LiveEvent> group)
    {
        var has = _position.PlaceOf(fact.Partition) is { } place && place.Next == fact.Next - 1 ? place.Rows : 0;
        var rows = fact.Rows.Where(row => _topics.Contains(row.Topic) && IsWanted(row.Row)).ToArray();
        for (var i = has; i < rows.Length; i++)
        {
            _position.Set(fact.Partition, fact.Next - 1, i + 1);
            if (i == rows.Length - 1)
            {
                _position.Set(fact.Partition, fact.Next);
            }

            group.Add(new LiveEvent(rows[i].Topic, rows[i].Row.Json, _position.ToString()));
        }

        _position.Set(fact.Partition, fact.Next);
    }

    private bool IsWanted(LiveRow row) =>
        (request.Instrument is null || row.Instrument is null || row.Instrument == request.Instrument)
        && (_portfolios is null || row.Portfolio is null || _portfolios.Contains(row.Portfolio));

    private async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(
            _wake.Reader.WaitToReadAsync(waiting.Token).AsTask(), Task.Delay(longest > TimeSpan.Zero ? longest : TimeSpan.Zero, time, waiting.Token));
        await waiting.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        _wake.Reader.TryRead(out _);
    }
}
