using System.Runtime.CompilerServices;
using System.Text;
using BtcAgent.Contracts.Events;
using BtcAgent.Domain.Facts;
using BtcAgent.History.Datasets;
using BtcAgent.History.Log;

namespace BtcAgent.History.Live;

/// <summary>Reads the facts of ranges of the log.</summary>
internal delegate IAsyncEnumerable<LiveFact> CatchUp(
    Dataset[] datasets, IReadOnlyList<(LogPartition Partition, long From, long To)> ranges, CancellationToken cancellationToken);

/// <summary>
/// The events of one subscriber: first those it has missed, then live ones out of a bounded queue and the last quotes of the board. The task that
/// follows the log wakes it when something is due.
/// </summary>
internal sealed class Subscription(
    EventRequest request,
    Dataset[] wanted,
    EventPosition? after,
    TimeSpan quoteInterval,
    int queueMax,
    QuoteBoard board,
    TimeProvider time,
    CatchUp catchUp,
    Action onEnd) : IEventSubscription
{
    private const int GroupMax = 256;
    private const string Quotes = "quotes";
    private static readonly TimeSpan HeartbeatEvery = TimeSpan.FromSeconds(15);

    private readonly HashSet<string> _topics = [.. request.Topics];
    private readonly HashSet<FactTopic> _factTopics = [.. wanted.Select(dataset => dataset.Topic)];
    private readonly HashSet<string>? _portfolios = request.Portfolios is { } portfolios ? [.. portfolios] : null;
    private readonly FactQueue _queue = new(queueMax);
    private readonly WakeSignal _wake = new();
    private readonly List<LiveFact> _taken = [];
    private readonly Dictionary<LogPartition, long> _passed = [];
    private readonly bool _wantsQuotes = request.Topics.Contains(Quotes);
    private readonly List<(LogPartition Partition, long From, long To)> _missed = [];
    private readonly List<string> _gaps = [];
    private EventPosition _position = new("");
    private bool _hasNews;
    private long _quotesSeen = board.Version;
    private long _quotesAt = time.GetTimestamp() - (long)(quoteInterval.TotalSeconds * time.TimestampFrequency);
    private long _sentAt = time.GetTimestamp();
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
        var added = IsOver ? 0 : _queue.Add(facts, HasWantedRow);
        _isOverrun |= added < 0; // Nothing after it, so that the subscriber can resume without a hole.
        _hasNews |= added != 0;
    }

    /// <summary>Wakes the subscriber when it has something to send. Called after each look at the log, by the task that offers.</summary>
    /// <returns>True when a quote waits for its time.</returns>
    public bool Wake(long now)
    {
        var hasQuotes = _wantsQuotes && board.Version > Volatile.Read(ref _quotesSeen);
        var isDue = hasQuotes && time.GetElapsedTime(Volatile.Read(ref _quotesAt), now) >= quoteInterval;
        if (_hasNews || isDue || time.GetElapsedTime(Volatile.Read(ref _sentAt), now) >= HeartbeatEvery)
        {
            _hasNews = false;
            _wake.Signal();
        }

        return hasQuotes && !isDue;
    }

    public void End()
    {
        _isEnded = true;
        _wake.Signal();
    }

    public async IAsyncEnumerable<IReadOnlyList<LiveEvent>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var missed in CatchUpAsync(cancellationToken))
        {
            yield return missed;
        }

        await using var ending = cancellationToken.Register(_wake.Signal);
        var group = new List<LiveEvent>();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Collect(group);
            if (group.Count == 0 && _isOverrun)
            {
                yield return [Note(LiveEvent.Overrun, $"more than {queueMax} events were waiting: connect again with the last id")];
                yield break;
            }

            if (group.Count == 0 && _isEnded)
            {
                yield break;
            }

            if (group.Count == 0 && time.GetElapsedTime(_sentAt) >= HeartbeatEvery)
            {
                group.Add(new LiveEvent(LiveEvent.Heartbeat, "{}"u8.ToArray(), Position));
            }

            if (group.Count == 0)
            {
                await _wake.WaitAsync();
                continue;
            }

            yield return group;
            Volatile.Write(ref _sentAt, time.GetTimestamp());
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

    /// <summary>Replaces the group by what is due.</summary>
    private void Collect(List<LiveEvent> group)
    {
        group.Clear();
        _taken.Clear();
        _queue.Take(_taken, GroupMax, _passed);
        foreach (var fact in _taken)
        {
            Add(fact, group);
        }

        foreach (var (partition, next) in _passed)
        {
            _position.Set(partition, next);
        }

        _passed.Clear();
        if (_wantsQuotes && board.Version > _quotesSeen && time.GetElapsedTime(_quotesAt) >= quoteInterval)
        {
            AddQuotes(group);
        }
    }

    private void AddQuotes(List<LiveEvent> group)
    {
        Volatile.Write(ref _quotesAt, time.GetTimestamp());
        var seen = _quotesSeen;
        foreach (var (quote, version) in board.Entries)
        {
            if (version > seen && IsWanted(quote))
            {
                group.Add(new LiveEvent(Quotes, quote.Json, null));
            }

            Volatile.Write(ref _quotesSeen, Math.Max(_quotesSeen, version));
        }
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

    private bool HasWantedRow(LiveFact fact)
    {
        foreach (var (topic, row) in fact.Rows)
        {
            if (_topics.Contains(topic) && IsWanted(row))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsWanted(LiveRow row) =>
        (request.Instrument is null || row.Instrument is null || row.Instrument == request.Instrument)
        && (_portfolios is null || row.Portfolio is null || _portfolios.Contains(row.Portfolio));
}
