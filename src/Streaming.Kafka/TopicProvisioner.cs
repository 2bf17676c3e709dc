using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Logging;
using ErrorCode = Confluent.Kafka.ErrorCode;

namespace BtcAgent.Streaming.Kafka;

/// <summary>Creates missing topics and refuses existing ones that differ from the options.</summary>
internal sealed partial class TopicProvisioner(KafkaStreamOptions options, ILogger<TopicProvisioner> logger)
{
    private static readonly TimeSpan AnswerTimeMax = TimeSpan.FromSeconds(10);

    /// <summary>Number of queries for a new topic before giving up.</summary>
    private const int Looks = 50;

    private static readonly TimeSpan LookPause = TimeSpan.FromMilliseconds(100);

    /// <exception cref="KafkaStreamException">No broker answers, or a topic has another number of partitions.</exception>
    public async Task EnsureAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        using var admin = new AdminClientBuilder(KafkaClients.Admin(options)).SetLogHandler((_, _) => { }).Build();
        var wanted = options.Topics.Append(new KafkaTopicOptions { Name = options.DeadLetterTopic, Partitions = 1, IsRead = false }).ToList();
        var known = Look(admin);
        var missing = wanted.Where(topic => !known.ContainsKey(topic.Name)).ToList();
        if (missing.Count > 0)
        {
            await CreateAsync(admin, missing);
            for (var look = 0; look < Looks && missing.Exists(topic => !known.ContainsKey(topic.Name)); look++)
            {
                await Task.Delay(LookPause, time, cancellationToken);
                known = Look(admin);
            }
        }

        foreach (var topic in wanted)
        {
            var found = known.TryGetValue(topic.Name, out var count) ? count : 0;
            if (topic.Name != options.DeadLetterTopic && found != topic.Partitions)
            {
                throw new KafkaStreamException(found == 0
                    ? $"topic '{topic.Name}' was created, but the brokers do not list it: check their logs"
                    : $"topic '{topic.Name}' has {found} partitions and {topic.Partitions} are configured: set the provider's number to "
                    + $"{found}, or create the topic again (another number would move keys to other partitions and break their order)");
            }
        }
    }

    private static bool IsThere(CreateTopicReport report) =>
        report.Error.Code is ErrorCode.NoError or ErrorCode.TopicAlreadyExists;

    private Dictionary<string, int> Look(IAdminClient admin)
    {
        try
        {
            return admin.GetMetadata(AnswerTimeMax).Topics
                .Where(topic => topic.Error.Code == ErrorCode.NoError && topic.Partitions.Count > 0)
                .ToDictionary(topic => topic.Topic, topic => topic.Partitions.Count);
        }
        catch (KafkaException e)
        {
            throw new KafkaStreamException(
                $"no Kafka broker answers at {options.BootstrapServers} ({e.Error.Reason}): start it, or correct the address", e);
        }
    }

    private async Task CreateAsync(IAdminClient admin, List<KafkaTopicOptions> missing)
    {
        try
        {
            await admin.CreateTopicsAsync(
                missing.Select(topic => new TopicSpecification
                {
                    Name = topic.Name,
                    NumPartitions = topic.Partitions,
                    ReplicationFactor = topic.ReplicationFactor,
                    Configs = topic.Settings,
                }),
                new CreateTopicsOptions { OperationTimeout = AnswerTimeMax });
        }
        catch (CreateTopicsException e) when (e.Results.TrueForAll(IsThere))
        {
            // Another silo has created it.
            return;
        }
        catch (CreateTopicsException e)
        {
            var first = e.Results.First(report => !IsThere(report));
            throw new KafkaStreamException(
                $"topic '{first.Topic}' cannot be created: {first.Error.Reason}. Create it yourself or correct the provider's settings", e);
        }
        catch (KafkaException e)
        {
            throw new KafkaStreamException($"topics cannot be created: {e.Error.Reason}", e);
        }

        LogCreated(logger, string.Join(", ", missing.Select(topic => $"{topic.Name} ({topic.Partitions})")));
    }

    [LoggerMessage(EventId = 900, Level = LogLevel.Information, Message = "Created topics: {Topics}")]
    private static partial void LogCreated(ILogger logger, string topics);
}
