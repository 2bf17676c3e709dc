using BtcAgent.Contracts.Facts;
using BtcAgent.Domain.Facts;

namespace BtcAgent.Grains.Measurement;

/// <summary>Publishes nothing: for a host without a log of facts.</summary>
internal sealed class NoFacts : IFactPublisher
{
    public TimeSpan Lag => TimeSpan.Zero;

    public void Publish(Fact fact)
    {
    }
}
