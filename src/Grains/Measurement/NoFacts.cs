using BtcAgent.Contracts.Facts;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Trading;

namespace BtcAgent.Grains.Measurement;

/// <summary>Publishes nothing: the default without sinks. The journal and the API show the facts.</summary>
internal sealed class NoFacts : IFactPublisher
{
    public TimeSpan Lag => TimeSpan.Zero;

    public void Publish(FeatureSample sample)
    {
    }

    public void Publish(Decision decision)
    {
    }

    public void Publish(Fill fill)
    {
    }
}
