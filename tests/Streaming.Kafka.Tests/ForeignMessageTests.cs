using System.Text;
using BtcAgent.Testing;
using Confluent.Kafka;

namespace BtcAgent.Streaming.Kafka.Tests;

/// <summary>Messages of other programs in a topic that is read: none of them may stop a partition or vanish.</summary>
public sealed class ForeignMessageTests(KafkaBroker broker)
{
    public static TheoryData<string, byte[]?, string> RefusedKeys => new()
    {
        { "none", null, "a key of 0 bytes" },
        { "empty", [], "a key of 0 bytes" },
        { "not UTF-8", [0xff, 0xfe], "not UTF-8" },
        { "too long", Encoding.UTF8.GetBytes(new string('k', KafkaMessage.KeyBytesMax + 1)), "a key of 513 bytes" },
    };

    [Theory]
    [MemberData(nameof(RefusedKeys))]
    public async Task Message_WhoseKeyNamesNoStream_IsADeadLetterAndItsPartitionIsReadOn(string what, byte[]? key, string reason)
    {
        await using var cluster = await StreamCluster.StartAsync(broker);
        await cluster.SendAsync(0, 0, 2);
        await WriteAsync(cluster, key, cluster.PartitionOf(0));
        await cluster.SendAsync(0, 2, 2);

        await cluster.SeenAsync(0, 4);
        Assert.Contains(reason, ReasonOf(Assert.Single(cluster.DeadLetters(1))), StringComparison.Ordinal);
        Assert.Equal([0, 1, 2, 3], cluster.Memory(0).Numbers);
        Assert.NotNull(what);
    }

    [Fact]
    public async Task Message_WhoseCodecThrowsAnything_IsADeadLetterAndItsPartitionIsReadOn()
    {
        await using var cluster = await StreamCluster.StartAsync(broker, codec: typeof(FaultyCodec));
        await cluster.SendAsync(0, 0, 2);
        await WriteAsync(cluster, Encoding.UTF8.GetBytes(cluster.Key(0)), cluster.PartitionOf(0), FaultyCodec.Trigger);
        await cluster.SendAsync(0, 2, 2);

        await cluster.SeenAsync(0, 4);
        Assert.Contains(FaultyCodec.Message, ReasonOf(Assert.Single(cluster.DeadLetters(1))), StringComparison.Ordinal);
    }

    /// <summary>A producer with another partitioner: librdkafka's own default, for one.</summary>
    [Fact]
    public async Task Message_OfAKeyInAnotherPartition_IsADeadLetterThatNamesThePartition()
    {
        await using var cluster = await StreamCluster.StartAsync(broker);
        await cluster.SendAsync(0, 0, 2);
        var right = cluster.PartitionOf(0);
        var wrong = (right + 1) % StreamCluster.Partitions;
        await WriteAsync(cluster, Encoding.UTF8.GetBytes(cluster.Key(0)), wrong, cluster.Encode(new Note(100)));
        await cluster.SendAsync(0, 2, 2);

        await cluster.SeenAsync(0, 4);
        var letter = Assert.Single(cluster.DeadLetters(1));
        Assert.Contains($"belongs to partition {right} of {StreamCluster.Partitions}, not to {wrong}", ReasonOf(letter), StringComparison.Ordinal);
        Assert.Equal(cluster.Encode(new Note(100)), letter.Message.Value);
        Assert.Equal([0, 1, 2, 3], cluster.Memory(0).Numbers);
    }

    private static async Task WriteAsync(StreamCluster cluster, byte[]? key, int partition, byte[]? value = null)
    {
        using var producer = cluster.RawProducer();
        await producer.ProduceAsync(
            new TopicPartition(cluster.Topic, partition),
            new Message<byte[]?, byte[]> { Key = key, Value = value ?? cluster.Encode(new Note(99)), Headers = new Headers().Add(KafkaHeaders.Type, "orleans") },
            TestContext.Current.CancellationToken);
    }

    private static string ReasonOf(ConsumeResult<string, byte[]> letter) => letter.Message.Headers.Find(KafkaHeaders.Reason) ?? "";
}
