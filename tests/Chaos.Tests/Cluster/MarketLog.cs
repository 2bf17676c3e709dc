using BtcAgent.Contracts.Streams;
using BtcAgent.Contracts.Wire;
using BtcAgent.Domain.MarketData;
using Confluent.Kafka;

namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>Reads topic market_data from its beginning to its current end.</summary>
internal static class MarketLog
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(10);

    public static List<MarketDataBatch> Read(string broker)
    {
        var batches = new List<MarketDataBatch>();
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = broker,
            GroupId = "market-log",
            EnableAutoCommit = false,
            EnablePartitionEof = true,
        }).Build();
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var partitions = admin.GetMetadata(StreamNames.MarketData, AnswerMax).Topics[0].Partitions.Count;
        consumer.Assign(Enumerable.Range(0, partitions).Select(p => new TopicPartitionOffset(StreamNames.MarketData, p, Offset.Beginning)));
        for (var ended = 0; ended < partitions;)
        {
            var result = consumer.Consume(AnswerMax) ?? throw new InvalidOperationException($"the broker was silent for {AnswerMax}");
            if (result.IsPartitionEOF)
            {
                ended++;
            }
            else
            {
                batches.Add(MarketDataWire.Decode(result.Message.Value));
            }
        }

        return batches;
    }
}
