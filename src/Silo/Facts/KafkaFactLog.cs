using System.Text;
using BtcAgent.Domain.Facts;
using BtcAgent.History.Log;
using BtcAgent.Silo.Cluster;
using BtcAgent.Streaming.Kafka;
using Confluent.Kafka;

namespace BtcAgent.Silo.Facts;

/// <summary>
/// The cluster's topics as a log of facts, for one sink: one consumer reads all partitions that the sink asks for, from the offsets
/// that it asks for. It joins no group: the sink's own checkpoint counts. Not thread-safe.
/// </summary>
internal sealed class KafkaFactLog : IFactLog, IDisposable
{
    private const int BufferedMax = 20_000;
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PollTime = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan TopicsEvery = TimeSpan.FromSeconds(30);

    private readonly IConsumer<byte[]?, byte[]?> _consumer;
    private readonly IAdminClient _admin;
    private readonly TimeProvider _time;
    private readonly string _brokers;
    private readonly Dictionary<TopicPartition, Reading> _readings = [];
    private Dictionary<string, int> _topics = new(StringComparer.Ordinal);
    private long _topicsAt;

    /// <exception cref="KafkaStreamException">Kafka's native library cannot be used.</exception>
    public KafkaFactLog(KafkaOptions kafka, TimeProvider time)
    {
        KafkaLibrary.EnsureUsable();
        (_time, _brokers) = (time, kafka.BootstrapServers);
        var config = new ConsumerConfig
        {
            BootstrapServers = kafka.BootstrapServers,
            GroupId = $"{kafka.ConsumerGroup}-sinks",
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            EnablePartitionEof = true,
            IsolationLevel = IsolationLevel.ReadCommitted,
            QueuedMaxMessagesKbytes = 32 * 1024,
            FetchWaitMaxMs = 100,
            ReconnectBackoffMs = 50,
            ReconnectBackoffMaxMs = 1_000,
        };
        foreach (var (key, value) in kafka.Client)
        {
            config.Set(key, value);
        }

        // The call that needs the broker reports the error.
        _consumer = new ConsumerBuilder<byte[]?, byte[]?>(config).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        _admin = new DependentAdminClientBuilder(_consumer.Handle).Build();
    }

    public bool MarketDataMayRepeat => true;

    public Task NextAppend => Task.Delay(LookEvery, _time);

    public IReadOnlyList<LogPartition> Partitions(IReadOnlyCollection<FactTopic> topics)
    {
        if (_topics.Count == 0 || _time.GetElapsedTime(_topicsAt) > TopicsEvery)
        {
            _topics = Asked(() => _admin.GetMetadata(AnswerTimeout)).Topics.ToDictionary(topic => topic.Topic, topic => topic.Partitions.Count, StringComparer.Ordinal);
            _topicsAt = _time.GetTimestamp();
        }

        return
        [
            .. topics.SelectMany(topic => Enumerable.Range(0, _topics.GetValueOrDefault(FactTopics.NameOf(topic)))
                .Select(number => new LogPartition("kafka", topic, number))),
        ];
    }

    public ValueTask<(long First, long Next)> BoundsAsync(LogPartition partition, CancellationToken cancellationToken)
    {
        var range = Asked(() => _consumer.QueryWatermarkOffsets(Of(partition), AnswerTimeout));
        return ValueTask.FromResult((range.Low.Value, range.High.Value));
    }

    public ValueTask<IReadOnlyList<LogEntry>> ReadAsync(LogPartition partition, long offset, int entriesMax, CancellationToken cancellationToken)
    {
        var place = Of(partition);
        if (!_readings.TryGetValue(place, out var reading) || reading.Next != offset)
        {
            reading = Assign(place, offset);
        }

        FetchFor(reading, cancellationToken);
        var entries = new List<LogEntry>();
        while (entries.Count < entriesMax && reading.Waiting.TryDequeue(out var entry))
        {
            entries.Add(entry);
        }

        if (entries.Count > 0)
        {
            reading.Next = entries[^1].Offset + 1;
        }

        return ValueTask.FromResult<IReadOnlyList<LogEntry>>(entries);
    }

    public void Dispose()
    {
        _admin.Dispose();
        _consumer.Close();
        _consumer.Dispose();
    }

    private Reading Assign(TopicPartition place, long offset)
    {
        if (_readings.Remove(place))
        {
            Asked(() => _consumer.IncrementalUnassign([place]));
        }

        Asked(() => _consumer.IncrementalAssign([new TopicPartitionOffset(place, offset)]));
        return _readings[place] = new Reading { Next = offset };
    }

    /// <summary>Takes what the consumer has received, of any partition, until there is something for this reading or it is at its end.</summary>
    private void FetchFor(Reading reading, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        for (var taken = 0; taken < BufferedMax && reading.Waiting.Count < BufferedMax; taken++)
        {
            var mustWait = reading.Waiting.Count == 0 && !reading.IsAtEnd;
            cancellationToken.ThrowIfCancellationRequested();
            if (Asked(() => _consumer.Consume(mustWait ? PollTime : TimeSpan.Zero)) is { } result)
            {
                Take(result);
            }
            else if (!mustWait)
            {
                return;
            }
            else if (_time.GetElapsedTime(started) > AnswerTimeout)
            {
                throw new IOException($"Kafka at {_brokers} does not answer within {AnswerTimeout.TotalSeconds:F0} s: start it or correct Kafka:BootstrapServers");
            }
        }
    }

    private void Take(ConsumeResult<byte[]?, byte[]?> result)
    {
        // A message that was on its way when the partition was assigned again is not the reading's next.
        if (!_readings.TryGetValue(result.TopicPartition, out var reading) || result.Offset.Value < reading.Next)
        {
            return;
        }

        reading.IsAtEnd = result.IsPartitionEOF;
        if (result.Message is { } message)
        {
            reading.Waiting.Enqueue(new LogEntry(
                result.Offset.Value,
                Domain.Timestamp.FromUnixMilliseconds(message.Timestamp.UnixTimestampMs),
                Encoding.UTF8.GetString(message.Key ?? []),
                message.Value ?? []));
        }
    }

    private TopicPartition Of(LogPartition partition) => new(FactTopics.NameOf(partition.Topic), partition.Number);

    private T Asked<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (KafkaException e)
        {
            throw new IOException($"Kafka at {_brokers} does not answer ({e.Error.Reason}): start it or correct Kafka:BootstrapServers", e);
        }
    }

    private void Asked(Action call) => Asked(() =>
    {
        call();
        return true;
    });

    private sealed class Reading
    {
        public required long Next { get; set; }

        /// <summary>Nothing was after the last message that was received.</summary>
        public bool IsAtEnd { get; set; }

        public Queue<LogEntry> Waiting { get; } = new();
    }
}
