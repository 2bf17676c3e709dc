using BtcAgent.Domain.Features;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Trading;

namespace BtcAgent.Contracts.Facts;

/// <summary>Publishes features, signals, decisions and fills to the outside. Never blocks trading; drops are counted.</summary>
public interface IFactPublisher
{
    /// <summary>
    /// Age of the oldest accepted fact that is not published; a dropped one counts until a later one is published. Zero when
    /// none waits.
    /// </summary>
    TimeSpan Lag { get; }

    void Publish(FeatureSample sample);

    void Publish(Decision decision);

    void Publish(Fill fill);
}
