using System.Diagnostics.Metrics;
using System.Threading.Channels;
using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Streams;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.Trading;
using Orleans.Streams;

namespace BtcAgent.Silo.Facts;

/// <summary>
/// Publishes the agent's facts to their topics, in order per key. Drops and counts facts that the broker does not accept in
/// time: trading never waits for it.
/// </summary>
internal sealed partial class KafkaFacts(IServiceProvider services, TimeProvider time, ILogger<KafkaFacts> logger) : BackgroundService, IFactPublisher
{
    private const int WaitingMax = 50_000;
    private const int InFlightMax = 1_000;

    private static readonly Meter Meter = new("BtcAgent");

    private static readonly Counter<long> DroppedFacts =
        Meter.CreateCounter<long>("facts.dropped.total", description: "Facts that were not published, by topic");

    private readonly Channel<(Fact Fact, LinkedListNode<TimeSpan> Place)> _waiting =
        Channel.CreateBounded<(Fact, LinkedListNode<TimeSpan>)>(new BoundedChannelOptions(WaitingMax) { SingleReader = true });

    private readonly SemaphoreSlim _inFlight = new(InFlightMax);
    private readonly SinkBacklog _backlog = new();

    public TimeSpan Lag => _backlog.Age(Now());

    public void Publish(Fact fact)
    {
        if (fact is MarketFact)
        {
            return; // The feeds write market data to its topic.
        }

        var place = _backlog.Take(Now());
        if (!_waiting.Writer.TryWrite((fact, place)))
        {
            _backlog.Settle(place, stored: false);
            CountDropped(FactTopics.NameOf(fact.Topic));
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var provider = services.GetRequiredKeyedService<IStreamProvider>(StreamNames.Provider);

        // Continues during a stop, so that decided facts are published as long as the host allows.
        await foreach (var (fact, place) in _waiting.Reader.ReadAllAsync(CancellationToken.None))
        {
            await _inFlight.WaitAsync(CancellationToken.None);
            var topic = FactTopics.NameOf(fact.Topic);
            _ = PublishAsync(topic, place, provider.GetStream<Fact>(StreamId.Create(topic, fact.Key)).OnNextAsync(fact));
        }
    }

    private static void CountDropped(string topic) => DroppedFacts.Add(1, new KeyValuePair<string, object?>("topic", topic));

    /// <summary>Monotonic clock: an age must not jump when the system clock is set.</summary>
    private TimeSpan Now() => time.GetElapsedTime(0);

    private async Task PublishAsync(string topic, LinkedListNode<TimeSpan> place, Task publishing)
    {
        try
        {
            await publishing;
            _backlog.Settle(place, stored: true);
        }
        catch (Exception e)
        {
            _backlog.Settle(place, stored: false);
            CountDropped(topic);
            LogDropped(logger, topic, e.Message);
        }
        finally
        {
            _inFlight.Release();
        }
    }

    [LoggerMessage(EventId = 1000, Level = LogLevel.Warning, Message = "A fact on {Topic} was not published: {Reason}")]
    private static partial void LogDropped(ILogger logger, string topic, string reason);
}
