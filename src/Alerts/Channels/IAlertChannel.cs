using BtcAgent.Domain.Alerts;

namespace BtcAgent.Alerts.Channels;

/// <summary>
/// Carries messages to people. One attempt at a time; a repeated message has the same id, which the channel passes on, so that the
/// receiver can recognize it.
/// </summary>
public interface IAlertChannel
{
    /// <summary>Name in the settings.</summary>
    string Name { get; }

    /// <summary>Kind, such as <c>email</c>.</summary>
    string Kind { get; }

    /// <summary>Makes one attempt. Throws only when cancelled.</summary>
    Task<ChannelAnswer> SendAsync(AlertDelivery delivery, CancellationToken cancellationToken);

    /// <summary>Checks as far as the receiver allows that messages would arrive, without sending one to people.</summary>
    Task<ChannelAnswer> ProbeAsync(CancellationToken cancellationToken);
}
