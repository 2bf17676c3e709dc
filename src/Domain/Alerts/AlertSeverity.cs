namespace BtcAgent.Domain.Alerts;

/// <summary>Urgency of an alert; the values are stored.</summary>
public enum AlertSeverity : byte
{
    /// <summary>Worth knowing; nothing to do.</summary>
    Info = 1,

    /// <summary>To be looked at within the day.</summary>
    Warning = 2,

    /// <summary>Money or its control is at risk: act now.</summary>
    Critical = 3,
}
