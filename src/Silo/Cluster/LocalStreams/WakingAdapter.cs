using System.Collections.Concurrent;
using Orleans.Streams;

namespace BtcAgent.Silo.Cluster.LocalStreams;

/// <summary>
/// An adapter whose receivers wait for messages in their queue. Orleans' pulling agents poll a queue periodically: polling
/// every millisecond cost more than the rest of an idle agent, and polling less often would delay every tick. Works only where
/// producers and receivers share the process.
/// </summary>
internal sealed class WakingAdapter(IQueueAdapter inner, IStreamQueueMapper queues) : IQueueAdapter
{
    private readonly ConcurrentDictionary<QueueId, QueueBell> _bells = new();

    public string Name => inner.Name;

    public bool IsRewindable => inner.IsRewindable;

    public StreamProviderDirection Direction => inner.Direction;

    public IQueueAdapterReceiver CreateReceiver(QueueId queueId) => new WakingReceiver(inner.CreateReceiver(queueId), BellOf(queueId));

    public async Task QueueMessageBatchAsync<T>(
        StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token, Dictionary<string, object>? requestContext)
    {
        await inner.QueueMessageBatchAsync(streamId, events, token, requestContext);
        BellOf(queues.GetQueueForStream(streamId)).Ring();
    }

    private QueueBell BellOf(QueueId queueId) => _bells.GetOrAdd(queueId, static _ => new QueueBell());
}
