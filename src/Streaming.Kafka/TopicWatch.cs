using System.Collections.Concurrent;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Logging;
using ErrorCode = Confluent.Kafka.ErrorCode;

namespace BtcAgent.Streaming.Kafka;

/// <summary>
/// Looks at the topics while they are read: whether one was deleted and created again, which offsets alone do not show, and
/// whether one has got partitions that nobody reads.
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

    /// <summary>Grows each time the topic has been made anew.</summary>
    public int GenerationOf(string topic) => _known.TryGetValue(topic, out var identity) ? identity.Generation : 0;

    /// <summary>Looks now and then every <see cref="KafkaStreamOptions.TopicCheckMs"/>; further calls do nothing.</summary>
    public void Start()
    {
        lock (_known)
        {
            _watching ??= Task.Run(WatchAsync);
        }
    }

    /// <summary>Asks the broker now. Without an answer nothing changes.</summary>
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
            // One of them is deleted just now, or not to be seen: the others are.
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
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(options.TopicCheckMs), time);
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
            LogMadeAnew(logger, topic.Name);
        }

        if (unread > before.Unread)
        {
            LogUnread(logger, topic.Name, topic.Partitions.Count, read);
        }

        status.SetProblem(topic.Name, unread == 0
            ? null
            : $"topic '{topic.Name}' has {topic.Partitions.Count} partitions and {read} are read: set the provider's number to {topic.Partitions.Count} on every silo and restart");
    }

    [LoggerMessage(EventId = 960, Level = LogLevel.Debug, Message = "The topics could not be looked at: {Reason}")]
    private static partial void LogNoAnswer(ILogger logger, string reason);

    [LoggerMessage(EventId = 961, Level = LogLevel.Error, Message = "Topic {Topic} was deleted and created again; it is read from its beginning. What the old one held and was not read is lost")]
    private static partial void LogMadeAnew(ILogger logger, string topic);

    [LoggerMessage(EventId = 962, Level = LogLevel.Error, Message = "Topic {Topic} has got {Partitions} partitions and only {Read} are read: messages in the others wait. Set the provider's number of partitions to {Partitions} on every silo and restart")]
    private static partial void LogUnread(ILogger logger, string topic, int partitions, int read);

    private sealed record TopicIdentity(string Id, int Generation, int Unread);
}
