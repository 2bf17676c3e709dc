using Orleans.Streams;

namespace BtcAgent.Silo.Cluster.LocalStreams;

/// <summary>Returns when its queue has messages, or without any after <see cref="WaitMax"/>.</summary>
internal sealed class WakingReceiver(IQueueAdapterReceiver inner, QueueBell bell) : IQueueAdapterReceiver
{
    private volatile bool _isShutDown;

    /// <summary>Longest wait. The pulling agent trims its cache between two reads, so at least once a second.</summary>
    public static TimeSpan WaitMax { get; } = TimeSpan.FromSeconds(1);

    public Task Initialize(TimeSpan timeout) => Initialize(timeout, CancellationToken.None);

    public Task Initialize(TimeSpan timeout, CancellationToken cancellationToken) => inner.Initialize(timeout, cancellationToken);

    public Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount) => GetQueueMessagesAsync(maxCount, CancellationToken.None);

    public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount, CancellationToken cancellationToken)
    {
        var messages = await inner.GetQueueMessagesAsync(maxCount, cancellationToken);
        if (messages is { Count: > 0 } || _isShutDown)
        {
            return messages;
        }

        try
        {
            await bell.WaitAsync(WaitMax, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The pulling agent is stopping; it would log a failed read and repeat it.
            return [];
        }

        return _isShutDown ? [] : await inner.GetQueueMessagesAsync(maxCount, cancellationToken);
    }

    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages) => MessagesDeliveredAsync(messages, CancellationToken.None);

    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages, CancellationToken cancellationToken) =>
        inner.MessagesDeliveredAsync(messages, cancellationToken);

    public Task Shutdown(TimeSpan timeout) => Shutdown(timeout, CancellationToken.None);

    public Task Shutdown(TimeSpan timeout, CancellationToken cancellationToken)
    {
        _isShutDown = true;
        bell.Ring();
        return inner.Shutdown(timeout, cancellationToken);
    }
}
