using System.Collections.Concurrent;
using BtcAgent.Contracts.Facts;
using BtcAgent.Domain.Facts;

namespace BtcAgent.Grains.Tests.Social;

/// <summary>The facts that were published, in order.</summary>
internal sealed class FactList : IFactPublisher
{
    private readonly ConcurrentQueue<Fact> _facts = new();

    public IEnumerable<Fact> All => _facts;

    public TimeSpan Lag => TimeSpan.Zero;

    public void Publish(Fact fact) => _facts.Enqueue(fact);
}
