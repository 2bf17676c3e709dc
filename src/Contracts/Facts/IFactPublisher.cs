using BtcAgent.Domain.Facts;

namespace BtcAgent.Contracts.Facts;

/// <summary>Publishes facts to the log that sinks and other readers follow. Never blocks trading; drops are counted.</summary>
public interface IFactPublisher
{
    /// <summary>
    /// Age of the oldest accepted fact that is not published; a dropped one counts until a later one is published. Zero when
    /// none waits.
    /// </summary>
    TimeSpan Lag { get; }

    /// <summary>Publishes a fact in the order of calls per key.</summary>
    void Publish(Fact fact);
}
