using BtcAgent.Domain.Features;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Trading;

namespace BtcAgent.Contracts.Trading;

/// <summary>Tells the world outside what was computed, decided and done. Never makes trading wait; drops are counted.</summary>
public interface IFactPublisher
{
    /// <summary>
    /// Age of the oldest fact that was taken and is not published; dropped ones count until a later one is published. Zero when
    /// none waits.
    /// </summary>
    TimeSpan Lag { get; }

    void Publish(FeatureSample sample);

    void Publish(Decision decision);

    void Publish(Fill fill);
}
