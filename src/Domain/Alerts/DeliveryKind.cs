namespace BtcAgent.Domain.Alerts;

/// <summary>Reason of a delivery; the values are stored.</summary>
public enum DeliveryKind : byte
{
    /// <summary>Alerts began to fire.</summary>
    Firing = 1,

    /// <summary>Alerts ended.</summary>
    Resolved = 2,

    /// <summary>Alerts still fire and nobody has acknowledged them.</summary>
    Repeat = 3,

    /// <summary>Nobody has acknowledged an alert in time.</summary>
    Escalation = 4,

    /// <summary>An operator has acknowledged an alert.</summary>
    Acknowledged = 5,

    /// <summary>An operator tests the channel.</summary>
    Test = 6,
}
