namespace BtcAgent.Alerts.Settings;

/// <summary>How much of a rule reaches the operator.</summary>
public enum AlertNoise
{
    /// <summary>Listed and notified.</summary>
    On,

    /// <summary>Listed, never notified.</summary>
    Silent,

    /// <summary>Neither listed nor notified.</summary>
    Off,
}
