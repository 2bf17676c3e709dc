namespace BtcAgent.Domain.Alerts;

/// <summary>Phase of an alert; the values are stored.</summary>
public enum AlertPhase : byte
{
    /// <summary>The condition holds, but not yet for long enough.</summary>
    Pending = 1,

    /// <summary>The condition has held for long enough.</summary>
    Firing = 2,

    /// <summary>The condition no longer holds; also a moment that has passed, such as a start.</summary>
    Resolved = 3,
}
