using BtcAgent.Cli.Output;
using BtcAgent.Streaming.Kafka;
using Confluent.Kafka;
using ErrorCode = Confluent.Kafka.ErrorCode;

namespace BtcAgent.Cli.Replays;

/// <summary>Reads one topic by offsets; joins no group and commits nothing.</summary>
internal sealed class KafkaTopic : IDisposable
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PollTime = TimeSpan.FromMilliseconds(200);

    private readonly string _brokers;
    private readonly IConsumer<byte[]?, byte[]?> _consumer;
    private readonly TimeProvider _time;

    /// <param name="brokers"><c>host:port</c>, with commas between.</param>
    /// <param name="settings">Further settings of librdkafka.</param>
    /// <param name="name">Of the topic.</param>
    /// <param name="time">Measures how long the broker is silent.</param>
    /// <exception cref="ReplayException">The brokers do not answer, or have no such topic.</exception>
    public KafkaTopic(string brokers, IEnumerable<KeyValuePair<string, string>> settings, string name, TimeProvider time)
    {
        _brokers = brokers;
        _time = time;
        Name = name;
        var config = new ConsumerConfig
        {
            BootstrapServers = brokers,
            GroupId = "btcagent-replay",
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            EnablePartitionEof = true,
            AutoOffsetReset = AutoOffsetReset.Error,
        };
        foreach (var (key, value) in settings)
        {
            config.Set(key, value);
        }

        try
        {
            KafkaLibrary.EnsureUsable();
            _consumer = new ConsumerBuilder<byte[]?, byte[]?>(config)
                .SetLogHandler((_, _) => { })
                .SetErrorHandler((_, _) => { }) // What matters comes back from the call that needed the broker.
                .Build();
        }
        catch (KafkaStreamException e)
        {
            throw new ReplayException(e.Message);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            throw new UsageException($"{KafkaSettings.OptionName}: {e.Message}");
        }

        try
        {
            Partitions = CountPartitions();
        }
        catch
        {
            _consumer.Dispose();
            throw;
        }
    }

    public string Name { get; }

    public int Partitions { get; }

    /// <summary>Offset of the first message kept, and that of the next one to come.</summary>
    public (long First, long Next) RangeOf(int partition)
    {
        var range = Asked(() => _consumer.QueryWatermarkOffsets(new TopicPartition(Name, partition), AnswerTimeout));
        return (range.Low.Value, range.High.Value);
    }

    /// <summary>The messages from one offset up to, not including, another.</summary>
    /// <exception cref="ReplayException">The broker falls silent, or no longer has the messages.</exception>
    public IEnumerable<ConsumeResult<byte[]?, byte[]?>> Read(int partition, long from, long until, CancellationToken cancellationToken)
    {
        _consumer.Assign(new TopicPartitionOffset(Name, partition, from));
        var heardAt = _time.GetTimestamp();
        while (from < until)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var result = Asked(() => _consumer.Consume(PollTime));
            if (result is null)
            {
                if (_time.GetElapsedTime(heardAt) > AnswerTimeout)
                {
                    throw Silent("no message came");
                }

                continue;
            }

            heardAt = _time.GetTimestamp();
            if (result.IsPartitionEOF || result.Offset.Value >= until)
            {
                break;
            }

            from = result.Offset.Value + 1;
            yield return result;
        }

        _consumer.Unassign();
    }

    public void Dispose()
    {
        _consumer.Close();
        _consumer.Dispose();
    }

    private int CountPartitions()
    {
        using var admin = new DependentAdminClientBuilder(_consumer.Handle).Build();
        var topic = Asked(() => admin.GetMetadata(Name, AnswerTimeout)).Topics.Single();
        return topic.Error.Code switch
        {
            ErrorCode.NoError => topic.Partitions.Count,
            ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic =>
                throw new ReplayException($"the broker at {_brokers} has no topic '{Name}': is it the cluster's?"),
            _ => throw new ReplayException($"topic '{Name}' cannot be read: {topic.Error.Reason}"),
        };
    }

    private T Asked<T>(Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (KafkaException e) when (e.Error.Code is ErrorCode.OffsetOutOfRange or ErrorCode.Local_AutoOffsetReset)
        {
            throw new ReplayException($"topic '{Name}' no longer keeps the messages asked for; the agent's Kafka:RetentionHours says how long it does");
        }
        catch (KafkaException e)
        {
            throw Silent(e.Error.Reason);
        }
    }

    private ReplayException Silent(string reason) => new(
        $"the broker at {_brokers} does not answer ({reason.TrimEnd('.')}): check the address, and {KafkaSettings.OptionName} for TLS or SASL",
        ExitCodes.Environment);
}
