namespace BtcAgent.Alerts.Settings;

/// <summary>Hours in which alerts below critical are held back; those that still fire at the end are sent then.</summary>
public sealed class QuietHoursOptions
{
    /// <summary>Beginning, such as <c>22:00</c>. Default empty: no quiet hours.</summary>
    public string From { get; set; } = "";

    /// <summary>End, such as <c>07:00</c>, may be on the next day. Default empty.</summary>
    public string To { get; set; } = "";

    /// <summary>Time zone, such as <c>Europe/Zurich</c>. Default <c>UTC</c>.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Whether critical alerts are held back, too. Default false.</summary>
    public bool MuteCritical { get; set; }
}
