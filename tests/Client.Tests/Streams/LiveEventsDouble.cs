using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using BtcAgent.Contracts.Events;

namespace BtcAgent.Client.Tests.Streams;

/// <summary>A log of numbered events of the topic <c>risk</c>; a position is the number of the last one. Tests may script other groups.</summary>
internal sealed class LiveEventsDouble : ILiveEvents
{
    private readonly Lock _gate = new();
    private readonly List<Subscription> _open = [];
    private int _written;

    public IReadOnlyList<string> Topics { get; } = ["risk", "quotes", "orders"];

    /// <summary>Every request, oldest first.</summary>
    public ConcurrentQueue<EventRequest> Requests { get; } = new();

    /// <summary>Subscriptions that are not disposed.</summary>
    public int Open
    {
        get
        {
            lock (_gate)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>Events that were read by subscribers.</summary>
    public int Taken { get; private set; }

    /// <summary>Length of the text of each event.</summary>
    public int TextLength { get; set; } = 1;

    public Task<IEventSubscription> SubscribeAsync(EventRequest request, CancellationToken cancellationToken)
    {
        if (request.Topics.Count == 0 || request.Topics.Any(topic => !Topics.Contains(topic)))
        {
            throw new EventRequestException("give one or more of risk, quotes, orders");
        }

        Requests.Enqueue(request);
        lock (_gate)
        {
            var from = request.After is { } after ? int.Parse(after, CultureInfo.InvariantCulture) : _written;
            var subscription = new Subscription(this, from);
            for (var number = from + 1; number <= _written; number++)
            {
                subscription.Groups.Writer.TryWrite([EventOf(number)]);
            }

            _open.Add(subscription);
            return Task.FromResult<IEventSubscription>(subscription);
        }
    }

    /// <summary>Writes events into the log, each as one group.</summary>
    public void Write(int count)
    {
        lock (_gate)
        {
            for (; count > 0; count--)
            {
                _written++;
                _open.ForEach(one => one.Groups.Writer.TryWrite([EventOf(_written)]));
            }
        }
    }

    /// <summary>Sends a group to the subscribers of the moment; it is not in the log.</summary>
    public void Send(params LiveEvent[] group)
    {
        lock (_gate)
        {
            _open.ForEach(one => one.Groups.Writer.TryWrite(group));
        }
    }

    /// <summary>Ends the streams after what was sent.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _open.ForEach(one => one.Groups.Writer.TryComplete());
        }
    }

    public static LiveEvent Note(string topic, string reason) => new(topic, Encoding.UTF8.GetBytes($$"""{"reason":"{{reason}}"}"""), null);

    private LiveEvent EventOf(int number) => new(
        "risk",
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"n":{{number}},"text":"{{new string('x', TextLength)}}"}""")),
        number.ToString(CultureInfo.InvariantCulture));

    private sealed class Subscription(LiveEventsDouble log, int from) : IEventSubscription
    {
        public Channel<LiveEvent[]> Groups { get; } = Channel.CreateUnbounded<LiveEvent[]>();

        public string? Position { get; private set; } = from.ToString(CultureInfo.InvariantCulture);

        public async IAsyncEnumerable<IReadOnlyList<LiveEvent>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var group in Groups.Reader.ReadAllAsync(cancellationToken))
            {
                log.Taken += group.Length;
                Position = group[^1].Position ?? Position;
                yield return group;
            }
        }

        public void Dispose()
        {
            lock (log._gate)
            {
                log._open.Remove(this);
            }
        }
    }
}
