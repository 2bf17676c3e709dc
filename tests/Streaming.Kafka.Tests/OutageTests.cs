using BtcAgent.Testing;
using Confluent.Kafka.Admin;

namespace BtcAgent.Streaming.Kafka.Tests;

/// <summary>Silos that join and leave, and brokers that are unavailable or misconfigured.</summary>
public sealed class OutageTests(KafkaBroker broker)
{
    private const int Keys = 8;

    [Fact]
    public async Task Silos_ThatComeStopAndDieUnderLoad_LoseNoNoteAndKeepTheOrder()
    {
        const int PerStep = 150;
        await using var cluster = await StreamCluster.StartAsync(broker, silos: 2);
        var sent = 0;
        async Task SendingAsync(Func<Task> meanwhile)
        {
            var from = sent;
            sent += PerStep;
            await Task.WhenAll(Enumerable.Range(0, Keys).Select(async key =>
            {
                for (var number = from; number < from + PerStep; number++)
                {
                    await cluster.SendAsync(key, new Note(number));
                }
            }).Append(meanwhile()));
        }

        await SendingAsync(() => cluster.AddSiloAsync());
        await SendingAsync(() => cluster.KillAsync(cluster.Silos[1]));
        await SendingAsync(() => cluster.AddSiloAsync());
        await SendingAsync(() => cluster.StopAsync(cluster.Silos[^1]));
        await cluster.ReadingAsync();
        for (var key = 0; key < Keys; key++)
        {
            await cluster.SeenAsync(key, sent, seconds: 60);
            Assert.Equal(Enumerable.Range(0, sent), cluster.Memory(key).Numbers);
        }
    }

    [Fact]
    public async Task Broker_KilledAndStartedAgain_LosesNothing()
    {
        await using var own = new KafkaBroker();
        await using var cluster = await StreamCluster.StartAsync(own, silos: 2);
        await cluster.SendAsync(0, 0, 100);
        await cluster.SeenAsync(0, 100);

        await own.StopAsync(immediate: true);
        var sending = cluster.SendAsync(0, 100, 100);
        await Task.Yield();
        Assert.False(sending.IsCompleted);
        await own.StartAsync();

        await sending;
        await cluster.SendAsync(0, 200, 100);
        await cluster.SeenAsync(0, 300, seconds: 40);
        Assert.Equal(Enumerable.Range(0, 300), cluster.Memory(0).Numbers);
    }

    [Fact]
    public async Task Produce_WhileTheBrokerIsAway_FailsAfterItsTimeAndSaysSo()
    {
        await using var own = new KafkaBroker();
        await using var cluster = await StreamCluster.StartAsync(own, configure: options => options.ProduceTimeMsMax = 1_000);
        await own.StopAsync(immediate: true);
        var error = await Assert.ThrowsAnyAsync<Exception>(() => cluster.SendAsync(0, new Note(0)));
        Assert.Contains("did not accept a message", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Topic_WithAnotherNumberOfPartitions_IsRefusedWithWhatToDo()
    {
        await broker.StartAsync();
        var topic = StreamCluster.NewTopic();
        await using (var maker = await StreamCluster.StartAsync(broker))
        {
            using var admin = maker.Admin();
            await admin.CreateTopicsAsync([new TopicSpecification { Name = topic, NumPartitions = 3, ReplicationFactor = 1 }]);
        }

        var error = await Assert.ThrowsAnyAsync<Exception>(() => StreamCluster.StartAsync(broker, topic: topic));
        Assert.Contains($"'{topic}' has 3 partitions and {StreamCluster.Partitions} are configured", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broker_ThatDoesNotAnswer_IsNamedAtStart()
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(
            () => StreamCluster.StartAsync(broker, configure: options => options.BootstrapServers = "127.0.0.1:1"));
        Assert.Contains("no Kafka broker answers at 127.0.0.1:1", error.ToString(), StringComparison.Ordinal);
    }
}
