namespace BtcAgent.Contracts.Events;

/// <summary>The facts of the agent as they happen, for any number of subscribers. Trading never waits for one of them.</summary>
public interface ILiveEvents
{
    /// <summary>Names of the topics.</summary>
    IReadOnlyList<string> Topics { get; }

    /// <summary>Begins with what follows the request's position, or with what happens from now on.</summary>
    /// <exception cref="EventRequestException">The request names an unknown topic or has a position that cannot be read.</exception>
    /// <exception cref="EventsBusyException">There are as many subscribers as allowed.</exception>
    Task<IEventSubscription> SubscribeAsync(EventRequest request, CancellationToken cancellationToken);
}
