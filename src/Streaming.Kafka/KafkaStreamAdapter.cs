using System.Collections.Concurrent;
using System.Diagnostics;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Orleans.Streams;
using ErrorCode = Confluent.Kafka.ErrorCode;

namespace BtcAgent.Streaming.Kafka;

/// <summary>Writes stream events to their topics and opens receivers for the partitions dealt to this silo.</summary>
internal sealed partial class KafkaStreamAdapter : IQueueAdapter, IQueueAdapterCache, IDisposable
{
    private readonly KafkaStreamOptions _options;
    private readonly IKafkaPayloadCodec _codec;
    private readonly DeadLetters _deadLetters;
    private readonly KafkaStreamStatus _status;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private readonly KafkaOutbox _outbox;
    private readonly TopicWatch _watch;

    /// <summary>
    /// An agent creates its cache first and its receiver second; the two belong together, also after a rebalance.
    /// </summary>
    private readonly ConcurrentDictionary<QueueId, PartitionCache> _unpaired = new();

    public KafkaStreamAdapter(
        string name, KafkaStreamOptions options, IKafkaPayloadCodec codec, KafkaStreamStatus status, TimeProvider time, ILoggerFactory loggers)
    {
        Name = name;
        _options = options;
        _codec = codec;
        _status = status;
        _time = time;
        _loggers = loggers;
        _logger = loggers.CreateLogger<KafkaStreamAdapter>();
        _outbox = new KafkaOutbox(NewProducer);
        _watch = new TopicWatch(options, status, time, loggers.CreateLogger<TopicWatch>());
        _deadLetters = new DeadLetters(_outbox, codec, options.DeadLetterTopic, loggers.CreateLogger<DeadLetters>());
    }

    public string Name { get; }

    public bool IsRewindable => true;

    public StreamProviderDirection Direction => StreamProviderDirection.ReadWrite;

    /// <exception cref="KafkaStreamException">The namespace is not a topic of this provider, or the broker did not accept a
    /// message.</exception>
    public async Task QueueMessageBatchAsync<T>(
        StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token, Dictionary<string, object>? requestContext)
    {
        if (token is not null)
        {
            throw new ArgumentException("a Kafka stream assigns its own tokens, the offsets", nameof(token));
        }

        var topic = streamId.GetNamespace() ?? "";
        if (!_options.TryGetTopic(topic, out var settings))
        {
            throw new KafkaStreamException($"'{topic}' is not a topic of stream provider '{Name}'; add it to its Topics");
        }

        var key = streamId.Key.ToArray();
        var to = new TopicPartition(topic, Murmur2.PartitionOf(key, settings.Partitions));
        Task? last = null;
        List<Task>? others = null;
        foreach (var item in events)
        {
            if (last is not null)
            {
                (others ??= []).Add(last);
            }

            last = ProduceAsync(to, key, _codec.Encode(topic, item!));
        }

        await (last ?? Task.CompletedTask);
        await Task.WhenAll(others ?? []);
    }

    public IQueueCache CreateQueueCache(QueueId queueId) => _unpaired[queueId] = NewCache(queueId);

    public IQueueAdapterReceiver CreateReceiver(QueueId queueId)
    {
        var (topic, partition) = KafkaQueueMapper.PartitionOf(queueId);
        var at = new TopicPartition(topic, partition);
        var cache = _unpaired.TryRemove(queueId, out var made) ? made : NewCache(queueId);
        var arrivals = new SemaphoreSlim(0);
        var messages = new MessageReader(_options, _codec, _deadLetters);
        var logger = _loggers.CreateLogger<PartitionReader>();
        _watch.Start();
        return new PartitionReceiver(
            cache,
            new PartitionReader(at, _options, messages, _watch, Arrived, logger),
            new RewindReader(at, _options, messages, _watch, Arrived, _time, _loggers.CreateLogger<RewindReader>()),
            arrivals,
            _options,
            _status,
            _time,
            logger);

        void Arrived()
        {
            if (arrivals.CurrentCount == 0)
            {
                arrivals.Release();
            }
        }
    }

    public void Dispose()
    {
        _watch.Dispose();
        _outbox.Dispose();
    }

    private PartitionCache NewCache(QueueId queueId)
    {
        var (topic, partition) = KafkaQueueMapper.PartitionOf(queueId);
        return new PartitionCache(topic, partition, _options, _deadLetters, _time);
    }

    private IProducer<byte[], byte[]> NewProducer() => new ProducerBuilder<byte[], byte[]>(KafkaClients.Producer(_options))
        .SetLogHandler((_, message) => LogClient(_logger, Name, message.Message))
        .SetErrorHandler((_, error) => LogClient(_logger, Name, error.Reason))
        .Build();

    private async Task ProduceAsync(TopicPartition to, byte[] key, KafkaPayload payload)
    {
        var headers = new Headers().Add(KafkaHeaders.Type, payload.Type);
        if (Activity.Current?.Id is { } trace)
        {
            headers.Add(KafkaHeaders.TraceParent, trace);
        }

        var message = new Message<byte[], byte[]> { Key = key, Value = payload.Data, Headers = headers };
        var started = _time.GetTimestamp();
        while (true)
        {
            try
            {
                await _outbox.ProduceAsync(to, message);
                KafkaStreamMeter.Produced.Add(1, new KeyValuePair<string, object?>("topic", to.Topic));
                return;
            }
            catch (ProduceException<byte[], byte[]> e) when (e.Error.Code == ErrorCode.Local_QueueFull
                && _time.GetElapsedTime(started).TotalMilliseconds < _options.ProduceTimeMsMax)
            {
                // The broker is slow or unavailable: the caller waits instead of filling memory.
                await Task.Delay(QueueFullPause, _time);
            }
            catch (ProduceException<byte[], byte[]> e)
            {
                KafkaStreamMeter.ProduceFailures.Add(1, new KeyValuePair<string, object?>("topic", to.Topic));
                throw new KafkaStreamException($"{to.Topic}: the broker did not accept a message: {e.Error.Reason}", e);
            }
        }
    }

    private static readonly TimeSpan QueueFullPause = TimeSpan.FromMilliseconds(10);

    [LoggerMessage(EventId = 950, Level = LogLevel.Debug, Message = "{Provider}: {Message}")]
    private static partial void LogClient(ILogger logger, string provider, string message);
}
