using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using BtcAgent.Domain.MarketData;

namespace BtcAgent.Grains.Feeds;

/// <summary>Tallies of posts and notices of releases that wait for the next event of a feed. Their readers add them, the feed's loop takes them; neither waits for the other.</summary>
internal sealed class InjectionQueue
{
    /// <summary>Most that wait while the feed delivers nothing; then the oldest are dropped.</summary>
    public const int WaitingMax = 600;

    private readonly ConcurrentQueue<IInjectedEvent> _waiting = new();

    public bool IsEmpty => _waiting.IsEmpty;

    public void Add(IInjectedEvent known)
    {
        _waiting.Enqueue(known);
        while (_waiting.Count > WaitingMax)
        {
            _waiting.TryDequeue(out _);
        }
    }

    public bool TryTake([NotNullWhen(true)] out IInjectedEvent? known) => _waiting.TryDequeue(out known);
}
