namespace BtcAgent.Contracts.Events;

/// <summary>The events of one subscriber. Disposing it ends it.</summary>
public interface IEventSubscription : IDisposable
{
    /// <summary>Where to resume after what was read so far; null when it has quotes only. Not to be read during a read.</summary>
    string? Position { get; }

    /// <summary>
    /// Reads events as they come, in groups to be sent together. Ends after <see cref="LiveEvent.Overrun"/>, when the subscriber
    /// was too slow.
    /// </summary>
    IAsyncEnumerable<IReadOnlyList<LiveEvent>> ReadAsync(CancellationToken cancellationToken);
}
