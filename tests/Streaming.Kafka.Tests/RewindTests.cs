using BtcAgent.Testing;
using Confluent.Kafka;

namespace BtcAgent.Streaming.Kafka.Tests;

/// <summary>Consumers that go back.</summary>
public sealed class RewindTests(KafkaBroker broker)
{
    private const int Notes = 300;

    /// <summary>From the cache while it holds the offset, from the broker otherwise, or from both in between.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(100_000)]
    public async Task Rewind_ToAnyOffset_BringsAllFromThereInOrder(int retained)
    {
        await using var cluster = await StreamCluster.StartAsync(broker, configure: options => options.RetainedMessages = retained);
        var others = Enumerable.Range(1, 1_000).First(key => cluster.PartitionOf(key) == cluster.PartitionOf(0));
        for (var number = 0; number < Notes; number += 10)
        {
            await cluster.SendAsync(0, number, 10);
            await cluster.SendAsync(others, number, 10);
        }

        await cluster.SeenAsync(0, Notes);
        var tokens = cluster.Memory(0).Seen.ToDictionary(note => note.Number, note => note.Token);
        var sent = Notes;
        foreach (var number in new[] { 0, 1, 133, 260, 280, Notes - 1 })
        {
            await cluster.Grain(0).Rewind(tokens[number]);
            await cluster.SendAsync(0, new Note(sent++));
            await cluster.SeenAsync(0, sent);
            Assert.Equal(Enumerable.Range(0, sent), cluster.Memory(0).Numbers);
        }
    }

    [Fact]
    public async Task Rewind_WhileNewMessagesCome_GoesOverToThemWithoutHoleOrRepeat()
    {
        await using var cluster = await StreamCluster.StartAsync(broker, configure: options => options.RetainedMessages = 0);
        await cluster.SendAsync(0, 0, Notes);
        await cluster.SeenAsync(0, Notes);
        var first = cluster.Memory(0).Seen[0].Token;

        await cluster.Grain(0).Rewind(first);
        var sending = Task.WhenAll(Enumerable.Range(0, 10).Select(part => cluster.SendAsync(0, Notes + (part * Notes / 10), Notes / 10)));
        await sending;

        await cluster.SeenAsync(0, 2 * Notes);
        Assert.Equal(Enumerable.Range(0, 2 * Notes), cluster.Memory(0).Numbers);
    }

    [Fact]
    public async Task Rewind_BeforeWhatTheBrokerStillHolds_TellsTheConsumerAndBringsTheRest()
    {
        const int Deleted = 120;
        await using var cluster = await StreamCluster.StartAsync(broker, configure: options => options.RetainedMessages = 0);
        await cluster.SendAsync(0, 0, Notes);
        await cluster.SeenAsync(0, Notes);
        using var admin = cluster.Admin();
        await admin.DeleteRecordsAsync([new TopicPartitionOffset(cluster.Topic, cluster.PartitionOf(0), Deleted)]);

        await cluster.Grain(0).Rewind(cluster.Memory(0).Seen[5].Token);
        await cluster.SendAsync(0, new Note(Notes));

        await cluster.SeenAsync(0, 6 + Notes + 1 - Deleted);
        Assert.Equal(
            [.. Enumerable.Range(0, 6), .. Enumerable.Range(Deleted, Notes + 1 - Deleted)],
            cluster.Memory(0).Numbers);
        Assert.Contains(cluster.Memory(0).Errors, error => error.Contains($"the broker no longer has offsets 6 to {Deleted - 1}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task NewCluster_OfTheSameGroup_GoesOnWhereTheOldOneCommitted()
    {
        var topic = StreamCluster.NewTopic();
        await using (var old = await StreamCluster.StartAsync(broker, topic: topic))
        {
            await old.SendAsync(0, 0, Notes);
            await old.SeenAsync(0, Notes);
            old.Memory(0).Close();
            await old.SendAsync(0, Notes, Notes);
        }

        await using var next = await StreamCluster.StartAsync(broker, topic: topic);
        next.Memory(0).Open();
        await next.SeenAsync(0, 2 * Notes);
        Assert.Equal(Enumerable.Range(0, 2 * Notes), next.Memory(0).Numbers);
    }
}
