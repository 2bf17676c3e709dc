using System.Text;
using BtcAgent.Testing;
using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace BtcAgent.Streaming.Kafka.Tests;

/// <summary>Silos in this process that stream over the real broker, on their own topics.</summary>
internal sealed class StreamCluster : IAsyncDisposable
{
    public const string Provider = "kafka";
    public const int Partitions = 4;
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan StartTimeMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ReadTimeMax = TimeSpan.FromSeconds(10);

    private readonly InProcessTestCluster _cluster;
    private readonly KafkaBroker _broker;

    private StreamCluster(InProcessTestCluster cluster, KafkaBroker broker, string topic)
    {
        _cluster = cluster;
        _broker = broker;
        Topic = topic;
    }

    public string Topic { get; }

    public string DeadTopic => $"{Topic}-dead";

    public IReadOnlyList<InProcessSiloHandle> Silos => _cluster.Silos;

    /// <summary>Starts silos that read all partitions when this returns; of a new topic, if none is named.</summary>
    public static async Task<StreamCluster> StartAsync(
        KafkaBroker broker, int silos = 1, Action<KafkaStreamOptions>? configure = null, string? topic = null, Type? codec = null)
    {
        await broker.StartAsync();
        topic ??= NewTopic();
        var builder = new InProcessTestClusterBuilder((short)silos);
        builder.ConfigureSilo((_, silo) =>
        {
            // A stop waits no longer than this for a consumer that does not answer.
            silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = AnswerMax);
            silo.AddKafkaStreams(Provider, Configure);
            if (codec is not null)
            {
                silo.Services.AddKeyedSingleton(typeof(IKafkaPayloadCodec), Provider, codec);
            }
        });
        builder.ConfigureClient(client => client.AddKafkaStreams(Provider, Configure));
        var cluster = new StreamCluster(builder.Build(), broker, topic);
        try
        {
            await cluster._cluster.DeployAsync();
            await cluster.ReadingAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }

        void Configure(KafkaStreamOptions options)
        {
            options.BootstrapServers = broker.Address;
            options.ConsumerGroup = topic;
            options.Topics.Add(new KafkaTopicOptions { Name = topic, Partitions = Partitions });
            options.DeadLetterTopic = $"{topic}-dead";
            configure?.Invoke(options);
        }
    }

    public static string NewTopic() => $"t{Guid.NewGuid():N}";

    /// <summary>A key used by this test only.</summary>
    public string Key(int number) => $"{Topic}-{number}";

    public Memory Memory(int key) => Tests.Memory.Of(Key(key));

    public INoteGrain Grain(int key) => _cluster.Client.GetGrain<INoteGrain>(Key(key));

    public int PartitionOf(int key) => Murmur2.PartitionOf(Encoding.UTF8.GetBytes(Key(key)), Partitions);

    public Task SendAsync(int key, Note note) =>
        _cluster.Client.GetStreamProvider(Provider).GetStream<Note>(StreamId.Create(Topic, Key(key))).OnNextAsync(note);

    /// <summary>Writes to a stream of another namespace.</summary>
    public Task SendElsewhereAsync(string topic, Note note) =>
        _cluster.Client.GetStreamProvider(Provider).GetStream<Note>(StreamId.Create(topic, Key(0))).OnNextAsync(note);

    public Task SendAsync(int key, IEnumerable<Note> notes) =>
        _cluster.Client.GetStreamProvider(Provider).GetStream<Note>(StreamId.Create(Topic, Key(key))).OnNextBatchAsync(notes);

    public Task SendAsync(int key, int from, int count) =>
        SendAsync(key, Enumerable.Range(from, count).Select(number => new Note(number)));

    public Task<InProcessSiloHandle> AddSiloAsync() => _cluster.StartAdditionalSiloAsync();

    public Task KillAsync(InProcessSiloHandle silo) => _cluster.KillSiloAsync(silo);

    public Task StopAsync(InProcessSiloHandle silo) => _cluster.StopSiloAsync(silo);

    /// <summary>Waits until every partition is read by exactly one silo.</summary>
    public Task ReadingAsync() => Eventually.TrueAsync(
        "all partitions are read",
        () => Task.FromResult(Shares().Sum() == Partitions && Statuses().All(status => status.IsReading)),
        StartTimeMax);

    /// <summary>Partitions that each silo reads.</summary>
    public int[] Shares() => [.. Statuses().Select(status => status.PartitionsReading)];

    /// <summary>Waits until the consumer of a key has seen this many notes, not counting repeats.</summary>
    public Task SeenAsync(int key, int count, double seconds = 20) => Eventually.TrueAsync(
        $"{count} notes of key {key}",
        () => Task.FromResult(Memory(key).Numbers.Count >= count),
        TimeSpan.FromSeconds(seconds),
        () => $"{Memory(key).Numbers.Count}: {string.Join(' ', Memory(key).Seen.Take(1000))}; errors: {string.Join("; ", Memory(key).Errors)}");

    public IProducer<string, byte[]> OutsideProducer() => new ProducerBuilder<string, byte[]>(
        new ProducerConfig { BootstrapServers = _broker.Address, Partitioner = Confluent.Kafka.Partitioner.Murmur2Random }).Build();

    public IProducer<byte[]?, byte[]> RawProducer() =>
        new ProducerBuilder<byte[]?, byte[]>(new ProducerConfig { BootstrapServers = _broker.Address }).Build();

    public byte[] Encode(Note note) =>
        new OrleansPayloadCodec(_cluster.Client.ServiceProvider.GetRequiredService<Orleans.Serialization.Serializer>())
            .Encode(Topic, note).Data;

    /// <summary>Writes as another program would.</summary>
    public Message<string, byte[]> Message(int key, Note note) => new()
    {
        Key = Key(key),
        Value = Encode(note),
        Headers = new Headers().Add(KafkaHeaders.Type, "orleans"),
    };

    public IAdminClient Admin() => new AdminClientBuilder(new AdminClientConfig { BootstrapServers = _broker.Address }).Build();

    /// <summary>Waits for the dead letters.</summary>
    public IReadOnlyList<ConsumeResult<string, byte[]>> DeadLetters(int count)
    {
        using var consumer = new ConsumerBuilder<string, byte[]>(
            new ConsumerConfig { BootstrapServers = _broker.Address, GroupId = "outside", AutoOffsetReset = AutoOffsetReset.Error }).Build();
        consumer.Assign(new TopicPartitionOffset(DeadTopic, 0, Offset.Beginning));
        var letters = new List<ConsumeResult<string, byte[]>>();
        while (letters.Count < count)
        {
            letters.Add(consumer.Consume(ReadTimeMax)
                ?? throw new TimeoutException($"{letters.Count} of {count} dead letters within {ReadTimeMax.TotalSeconds} s"));
        }

        return letters;
    }

    /// <summary>Next offset that the group would read of a partition; -1001 when it has committed none.</summary>
    public long Committed(int partition)
    {
        using var consumer = new ConsumerBuilder<string, byte[]>(
            new ConsumerConfig { BootstrapServers = _broker.Address, GroupId = Topic }).Build();
        return consumer.Committed([new TopicPartition(Topic, partition)], ReadTimeMax)[0].Offset.Value;
    }

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();

    private IEnumerable<KafkaStreamStatus> Statuses() =>
        _cluster.Silos.Select(silo => silo.ServiceProvider.GetRequiredKeyedService<KafkaStreamStatus>(Provider));
}
