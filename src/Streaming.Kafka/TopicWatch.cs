using System.Collections.Concurrent;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Logging;
using ErrorCode = Confluent.Kafka.ErrorCode;

namespace BtcAgent.Streaming.Kafka;

/// <summary>
/// Checks the topics while they are read: detects one that was deleted and created again, which offsets alone do not show,
/// and partitions that were added and that no silo reads.
/// </summary>
internal sealed partial class TopicWatch(KafkaStreamOptions options, KafkaStreamStatus status, TimeProvider time, ILogger<TopicWatch> logger)
    : IDisposable
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<string, TopicIdentity> _known = new();
    private readonly SemaphoreSlim _looking = new(1);
    private readonly List<string> _topics = [.. options.Topics.Where(topic => topic.IsRead).Select(topic => topic.Name)];
    private readonly Lazy<IAdminClient> _admin =
        new(() => new AdminClientBuilder(KafkaClients.Admin(options)).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build());

    private Task? _watching;

    /// <summary>Increases each time the topic is created again.</summary>
    public int GenerationOf(string topic) => _known.TryGetValue(topic, out var identity) ? identity.Generation : 0;

    /// <summary>
    /// Checks now and then every <see cref="KafkaStreamOptions.TopicCheckMs"/>; further calls have no effect.
    /// </summary>
    public void Start()
    {
        lock (_known)
        {
            _watching ??= Task.Run(WatchAsync);
        }
    }

    /// <summary>Queries the broker now. Without an answer nothing changes.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        await _looking.WaitAsync(cancellationToken);
        try
        {
            var described = await _admin.Value.DescribeTopicsAsync(
                TopicCollection.OfTopicNames(_topics), new DescribeTopicsOptions { RequestTimeout = AnswerMax });
            foreach (var topic in described.TopicDescriptions)
            {
                Note(topic);
            }
        }
        catch (DescribeTopicsException e)
        {
            // Some topics may be deleted or invisible at this moment: use the others.
            foreach (var topic in e.Results.TopicDescriptions.Where(topic => topic.Error.Code == ErrorCode.NoError))
            {
                Note(topic);
            }
        }
        catch (KafkaException e)
        {
            LogNoAnswer(logger, e.Error.Reason);
        }
        finally
        {
            _looking.Release();
        }
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _watching?.Wait(AnswerMax + AnswerMax);
        if (_admin.IsValueCreated)
        {
            _admin.Value.Dispose();
        }

        _stopping.Dispose();
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(options.TopicCheck, time);
        try
        {
            do
            {
                await LookAsync(_stopping.Token);
            }
            while (await timer.WaitForNextTickAsync(_stopping.Token));
        }
        catch (OperationCanceledException)
        {
            // The provider ends.
        }
    }

    private void Note(TopicDescription topic)
    {
        var id = topic.TopicId.ToString();
        var before = _known.TryGetValue(topic.Name, out var known) ? known : new TopicIdentity(id, 0, 0);
        var isNew = before.Id != id;
        var read = options.TryGetTopic(topic.Name, out var settings) ? settings.Partitions : 0;
        var unread = Math.Max(0, topic.Partitions.Count - read);
        _known[topic.Name] = new TopicIdentity(id, isNew ? before.Generation + 1 : before.Generation, unread);
        if (isNew)
        {
            LogRecreated(logger, topic.Name);
        }

        if (unread > before.Unread)
        {
            LogUnread(logger, topic.Name, topic.Partitions.Count, read);
        }

        status.SetProblem(topic.Name, unread == 0
            ? null
            : $"topic '{topic.Name}' has {topic.Partitions.Count} partitions and {read} are read: set the provider's number to {topic.Partitions.Count} on every silo and restart");
    }

    [LoggerMessage(EventId = 960, Level = LogLevel.Debug, Message = "Checking the topics failed: {Reason}")]
    private static partial void LogNoAnswer(ILogger logger, string reason);

    [LoggerMessage(EventId = 961, Level = LogLevel.Error, Message = "Topic {Topic} was deleted and created again; it is read from its beginning. Messages of the old one that were not read are lost")]
    private static partial void LogRecreated(ILogger logger, string topic);

    [LoggerMessage(EventId = 962, Level = LogLevel.Error, Message = "Topic {Topic} has {Partitions} partitions, of which {Read} are read: messages in the others wait. Set the provider's number of partitions to {Partitions} on every silo and restart")]
    private static partial void LogUnread(ILogger logger, string topic, int partitions, int read);

    private sealed record TopicIdentity(string Id, int Generation, int Unread);
}
