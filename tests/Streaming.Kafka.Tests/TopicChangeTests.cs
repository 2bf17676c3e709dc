using BtcAgent.Testing;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Streaming.Kafka.Tests;

/// <summary>Topics that change while they are read.</summary>
public sealed class TopicChangeTests(KafkaBroker broker)
{
    private const int LookMs = 200;

    /// <summary>The new topic may end before or after the position reached in the old one.</summary>
    [Theory]
    [InlineData(10)]
    [InlineData(150)]
    public async Task Topic_RecreatedWhileRead_IsReadFromItsBeginningAndItsConsumersAreInformed(int sent)
    {
        const int Before = 100;
        await using var cluster = await StreamCluster.StartAsync(broker, configure: options => options.TopicCheckMs = LookMs);
        await cluster.SendAsync(0, 0, Before);
        await cluster.SeenAsync(0, Before);

        using var admin = cluster.Admin();
        await MakeAnewAsync(cluster, admin);
        using (var outside = cluster.OutsideProducer())
        {
            for (var number = Before; number < Before + sent; number++)
            {
                await outside.ProduceAsync(cluster.Topic, cluster.Message(0, new Note(number)), TestContext.Current.CancellationToken);
            }
        }

        // Offsets restart, so notes are identified by their numbers.
        await Eventually.TrueAsync(
            "every note of both topics",
            () => Task.FromResult(cluster.Memory(0).Seen.DistinctBy(note => note.Number).Count() == Before + sent),
            TimeSpan.FromSeconds(30),
            () => $"{string.Join(' ', cluster.Memory(0).Seen)}; errors: {string.Join("; ", cluster.Memory(0).Errors)}");
        Assert.Contains(cluster.Memory(0).Errors, error => error.Contains("deleted and created again", StringComparison.Ordinal));
        await Eventually.TrueAsync(
            "the new topic's end is committed",
            () => Task.FromResult(cluster.Committed(cluster.PartitionOf(0)) == sent),
            TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Consumer_WhosePlaceIsBeyondTheTopicsEnd_IsToldAndGetsAllThereIs()
    {
        await using var cluster = await StreamCluster.StartAsync(broker);
        cluster.Memory(0).GoBackTo(1_000_000);
        await cluster.SendAsync(0, 0, 20);
        await cluster.SeenAsync(0, 20);
        Assert.Contains(cluster.Memory(0).Errors, error => error.Contains("offset 1000000 does not exist", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Partitions_AddedWhileReading_AreSaidInTheStatus()
    {
        await using var cluster = await StreamCluster.StartAsync(broker, configure: options => options.TopicCheckMs = LookMs);
        var status = cluster.Silos[0].ServiceProvider.GetRequiredKeyedService<KafkaStreamStatus>(StreamCluster.Provider);
        Assert.Null(status.Problem);
        using var admin = cluster.Admin();
        await admin.CreatePartitionsAsync([new PartitionsSpecification { Topic = cluster.Topic, IncreaseTo = StreamCluster.Partitions + 2 }]);

        await Eventually.TrueAsync("the status says so", () => Task.FromResult(status.Problem is not null), TimeSpan.FromSeconds(10));
        Assert.Contains($"has {StreamCluster.Partitions + 2} partitions and {StreamCluster.Partitions} are read", status.Problem, StringComparison.Ordinal);
    }

    private static async Task MakeAnewAsync(StreamCluster cluster, IAdminClient admin)
    {
        await admin.DeleteTopicsAsync([cluster.Topic]);
        await Eventually.TrueAsync(
            "the topic is created again",
            async () =>
            {
                try
                {
                    await admin.CreateTopicsAsync([new TopicSpecification { Name = cluster.Topic, NumPartitions = StreamCluster.Partitions, ReplicationFactor = 1 }]);
                    return true;
                }
                catch (CreateTopicsException)
                {
                    // The broker has not deleted the old one yet.
                    return false;
                }
            },
            TimeSpan.FromSeconds(10));
    }
}
