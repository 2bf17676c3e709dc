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

    /// <param name="brokers"><c>host:port</c>, separated by commas.</param>
    /// <param name="settings">Further settings of librdkafka.</param>
    /// <param name="name">Name of the topic.</param>
    /// <param name="time">Clock for the time-out of a silent broker.</param>
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
                .SetErrorHandler((_, _) => { }) // The call that needs the broker reports the error.
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

    /// <summary>Returns the offset of the first stored message and of the next one to be written.</summary>
    public (long First, long Next) RangeOf(int partition)
    {
        var range = Asked(() => _consumer.QueryWatermarkOffsets(new TopicPartition(Name, partition), AnswerTimeout));
        return (range.Low.Value, range.High.Value);
    }

    /// <summary>Returns the messages from one offset up to, but not including, another.</summary>
    /// <exception cref="ReplayException">The broker stops answering, or no longer has the messages.</exception>
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
                    throw Silent("no message arrived");
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
            throw new ReplayException($"topic '{Name}' no longer has the requested messages; the agent's Kafka:RetentionHours sets how long it keeps them");
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
