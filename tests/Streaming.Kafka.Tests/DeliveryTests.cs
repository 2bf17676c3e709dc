using System.Diagnostics;
using BtcAgent.Testing;
using Confluent.Kafka;

namespace BtcAgent.Streaming.Kafka.Tests;

/// <summary>The guarantees for consumers, tested on a real broker.</summary>
public sealed class DeliveryTests(KafkaBroker broker)
{
    private const int Keys = 12;
    private const int Notes = 200;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Stream_ManyKeys_EachInOrderAndWithoutHoles(int silos)
    {
        await using var cluster = await StreamCluster.StartAsync(broker, silos);
        await Task.WhenAll(Enumerable.Range(0, Keys).Select(key => cluster.SendAsync(key, 0, Notes)));

        for (var key = 0; key < Keys; key++)
        {
            await cluster.SeenAsync(key, Notes);
            Assert.Equal(Enumerable.Range(0, Notes), cluster.Memory(key).Seen.Select(note => note.Number));
        }

        Assert.All(cluster.Shares(), share => Assert.InRange(share, StreamCluster.Partitions / silos, (StreamCluster.Partitions + silos - 1) / silos));
    }

    [Fact]
    public async Task Token_IsTheOffset_AndGrowsWithinItsStream()
    {
        await using var cluster = await StreamCluster.StartAsync(broker);
        await cluster.SendAsync(0, 0, 50);
        await cluster.SeenAsync(0, 50);
        Assert.Equal(Enumerable.Range(0, 50).Select(offset => (long)offset), cluster.Memory(0).Seen.Select(note => note.Token));
    }

    [Fact]
    public async Task Consumer_ThatWaits_HoldsUpNoOtherStream()
    {
        await using var cluster = await StreamCluster.StartAsync(broker);
        var slow = cluster.Memory(0);
        slow.Close();
        await cluster.SendAsync(0, 0, Notes);
        var neighbour = Enumerable.Range(1, 1_000).First(key => cluster.PartitionOf(key) == cluster.PartitionOf(0));
        var elsewhere = Enumerable.Range(1, 1_000).First(key => cluster.PartitionOf(key) != cluster.PartitionOf(0));

        await cluster.SendAsync(neighbour, 0, Notes);
        await cluster.SendAsync(elsewhere, 0, Notes);

        await cluster.SeenAsync(neighbour, Notes);
        await cluster.SeenAsync(elsewhere, Notes);
        Assert.Empty(slow.Seen);
        slow.Open();
        await cluster.SeenAsync(0, Notes);
    }

    [Fact]
    public async Task Consumer_ThatWaits_HoldsTheBrokerBackAndMemoryIsBounded()
    {
        const int PendingMax = 100;
        const int Sent = 5_000;
        using var gauges = new GaugeReadings();
        await using var cluster = await StreamCluster.StartAsync(broker, configure: options => options.PendingMessagesMax = PendingMax);
        var slow = cluster.Memory(0);
        slow.Close();
        await cluster.SendAsync(0, 0, Sent);
        await Eventually.TrueAsync(
            "the cache is full",
            () => Task.FromResult(gauges.Read("kafka.stream.pending", cluster.Topic) >= PendingMax),
            TimeSpan.FromSeconds(10));

        // A round takes at most as many messages as may wait.
        Assert.InRange(gauges.Read("kafka.stream.pending", cluster.Topic), PendingMax, 2 * PendingMax);
        Assert.Equal(0, Math.Max(0, cluster.Committed(cluster.PartitionOf(0))));

        slow.Open();
        await cluster.SeenAsync(0, Sent);
        Assert.Equal(Enumerable.Range(0, Sent), slow.Numbers);
        await Eventually.TrueAsync(
            "everything is committed",
            () => Task.FromResult(cluster.Committed(cluster.PartitionOf(0)) == Sent),
            TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Message_ThatCannotBeRead_IsADeadLetterWithItsReasonAndStopsNobody()
    {
        await using var cluster = await StreamCluster.StartAsync(broker);
        await cluster.SendAsync(0, 0, 2);
        using var outside = cluster.OutsideProducer();
        await outside.ProduceAsync(cluster.Topic, new Message<string, byte[]> { Key = cluster.Key(0), Value = [1, 2, 3] }, Token);
        await cluster.SendAsync(0, 2, 2);

        await cluster.SeenAsync(0, 4);
        var letter = Assert.Single(cluster.DeadLetters(1)).Message;
        Assert.Equal([1, 2, 3], letter.Value);
        Assert.Equal(cluster.Key(0), letter.Key);
        Assert.StartsWith("unreadable: ", letter.Headers.Find(KafkaHeaders.Reason), StringComparison.Ordinal);
        Assert.Equal($"{cluster.Topic}/{cluster.PartitionOf(0)}/2", letter.Headers.Find(KafkaHeaders.Origin));
    }

    [Fact]
    public async Task Message_ThatItsConsumerKeepsRefusing_IsADeadLetterAndTheNextComes()
    {
        await using var cluster = await StreamCluster.StartAsync(broker, configure: options => options.DeliveryTimeMsMax = 300);
        await cluster.SendAsync(0, [new Note(0), new Note(1, Note.Fail), new Note(2)]);

        await cluster.SeenAsync(0, 2);
        Assert.Equal([0, 2], cluster.Memory(0).Numbers);
        var letter = Assert.Single(cluster.DeadLetters(1)).Message;
        Assert.StartsWith("undelivered: ", letter.Headers.Find(KafkaHeaders.Reason), StringComparison.Ordinal);
        Assert.Equal(cluster.Encode(new Note(1, Note.Fail)), letter.Value);
    }

    [Fact]
    public async Task OutsideProducer_WithKafkasPartitioner_ReachesTheSameConsumer()
    {
        await using var cluster = await StreamCluster.StartAsync(broker);
        using var outside = cluster.OutsideProducer();
        for (var key = 0; key < 20; key++)
        {
            await cluster.SendAsync(key, new Note(0));
            var sent = await outside.ProduceAsync(
                cluster.Topic, cluster.Message(key, new Note(1)), Token);
            Assert.Equal(cluster.PartitionOf(key), sent.Partition.Value);
            await cluster.SeenAsync(key, 2);
            Assert.Equal([0, 1], cluster.Memory(key).Numbers);
        }
    }

    [Fact]
    public async Task TraceContext_OfTheProducer_ReachesTheConsumer()
    {
        await using var cluster = await StreamCluster.StartAsync(broker);
        using var activity = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
        await cluster.SendAsync(0, new Note(0));
        await cluster.SeenAsync(0, 1);
        Assert.Contains(activity.TraceId.ToHexString(), cluster.Memory(0).Trace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Produce_ToATopicThatIsNotTheProviders_IsRefusedByName()
    {
        await using var cluster = await StreamCluster.StartAsync(broker);
        var error = await Assert.ThrowsAnyAsync<Exception>(() => cluster.SendElsewhereAsync("elsewhere", new Note(0)));
        Assert.Contains("'elsewhere' is not a topic", error.ToString(), StringComparison.Ordinal);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
