using BtcAgent.Domain.Alerts;

namespace BtcAgent.Alerts.Channels;

/// <summary>Addresses in messages that acknowledge an alert.</summary>
/// <param name="key">Signs the links; the gateway has the same.</param>
/// <param name="root">Address of the gateway, as the people who receive messages reach it.</param>
/// <param name="lifetime">How long a link can be used.</param>
/// <param name="time">The clock.</param>
public sealed class AlertLinks(byte[] key, Uri root, TimeSpan lifetime, TimeProvider time)
{
    /// <summary>Path of the gateway before the signed text.</summary>
    public const string Path = "ack";

    /// <summary>Returns the address; null for an alert that cannot be acknowledged, or is already.</summary>
    public string? Of(Alert alert) => alert is { IsFiring: true, IsMoment: false, Acknowledged: null, FiringSince: { } since }
        ? $"{root.AbsoluteUri.TrimEnd('/')}/{Path}/{new AlertLink(alert.Id, since, time.GetUtcNow() + lifetime).Sign(key)}"
        : null;
}
