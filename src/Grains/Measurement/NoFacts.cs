using BtcAgent.Contracts.Trading;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Trading;

namespace BtcAgent.Grains.Measurement;

/// <summary>An agent that stands alone has nobody to tell its facts to.</summary>
internal sealed class NoFacts : IFactPublisher
{
    public TimeSpan Lag => TimeSpan.Zero;

    public void Publish(FeatureSample sample)
    {
        // The journal and the API show it.
    }

    public void Publish(Decision decision)
    {
        // The journal and the API show it.
    }

    public void Publish(Fill fill)
    {
        // The journal and the API show it.
    }
}
