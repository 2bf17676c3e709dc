using System.Collections.Immutable;
using System.Text;
using BtcAgent.Contracts.Streams;
using BtcAgent.Contracts.Wire;
using BtcAgent.Domain;
using Confluent.Kafka;
using Batch = BtcAgent.Domain.MarketData.MarketDataBatch;
using Event = BtcAgent.Domain.MarketData.MarketEvent;
using EventKind = BtcAgent.Domain.MarketData.MarketEventKind;
using Timestamp = BtcAgent.Domain.Timestamp;

namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>
/// Messages that another program might write to topic market_data: each of these once stopped an instrument or a partition
/// permanently.
/// </summary>
internal static class ForeignMessages
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <returns>Number of messages that must become dead letters; the grains refuse the others.</returns>
    public static async Task<int> WriteAsync(string broker, InstrumentId instrument, CancellationToken cancellationToken)
    {
        using var producer = new ProducerBuilder<byte[]?, byte[]>(
            new ProducerConfig { BootstrapServers = broker, Partitioner = Partitioner.Murmur2Random }).Build();
        var key = Encoding.UTF8.GetBytes(instrument.Key);
        var now = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow());

        // An epoch that no lease has granted, with an event in the far future: read, but skipped by the grains.
        var epoch = now.UnixMilliseconds * 2;
        var placed = await producer.ProduceAsync(
            StreamNames.MarketData, Message(key, BatchOf(instrument, epoch, 1, now + (Day * 300), now)), cancellationToken);

        Message<byte[]?, byte[]>[] unreadable =
        [
            Message([], BatchOf(instrument, 1, 1, now, now)),
            Message(null, BatchOf(instrument, 1, 1, now, now)),
            Message(key, [1, 2, 3]),
            Message(key, BatchOf(instrument, long.MaxValue, 1, now, now)),
            Message(key, BatchOf(instrument, 1, 1, now, now + (Day * 30))),
        ];
        foreach (var message in unreadable)
        {
            await producer.ProduceAsync(placed.TopicPartition, message, cancellationToken);
        }

        await producer.ProduceAsync(
            StreamNames.MarketData, Message("NOBODY"u8.ToArray(), BatchOf(instrument, 1, 1, now, now)), cancellationToken);
        using var admin = new DependentAdminClientBuilder(producer.Handle).Build();
        var partitions = admin.GetMetadata(StreamNames.MarketData, AnswerMax).Topics[0].Partitions.Count;
        await producer.ProduceAsync(
            new TopicPartition(StreamNames.MarketData, (placed.Partition.Value + 1) % partitions),
            Message(key, BatchOf(instrument, 1, 1, now, now)),
            cancellationToken);
        return unreadable.Length + 2;
    }

    /// <summary>Messages among the dead letters, each counted once.</summary>
    public static int DeadLetters(string broker)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = broker,
            GroupId = "dead-letters",
            EnableAutoCommit = false,
            EnablePartitionEof = true,
        }).Build();
        consumer.Assign(new TopicPartitionOffset(StreamNames.DeadLetters, 0, Offset.Beginning));
        var origins = new HashSet<string>(StringComparer.Ordinal);
        while (consumer.Consume(AnswerMax) is { IsPartitionEOF: false } letter)
        {
            origins.Add(Encoding.UTF8.GetString(letter.Message.Headers.GetLastBytes("dead-letter-origin")));
        }

        return origins.Count;
    }

    private static Message<byte[]?, byte[]> Message(byte[]? key, byte[] value) =>
        new() { Key = key, Value = value, Headers = new Headers { { "type", "btcagent.v1.MarketDataBatch"u8.ToArray() } } };

    private static byte[] BatchOf(InstrumentId instrument, long epoch, long sequence, Timestamp eventTime, Timestamp ingestedAt)
    {
        var trade = new Event
        {
            Kind = EventKind.Trade,
            Sequence = sequence,
            EventTime = eventTime,
            ReceiveTime = eventTime,
            FirstId = 1,
            LastId = 1,
            Price = Price.FromUnits(1),
            Quantity = Quantity.FromUnits(1),
        };
        return MarketDataWire.Encode(new Batch(instrument, epoch, [trade], ImmutableArray<Domain.MarketData.PriceLevel>.Empty, ingestedAt));
    }
}
