using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Alerts.Settings;

/// <summary>A step that is taken when nobody has acknowledged an alert.</summary>
public sealed class EscalationOptions
{
    /// <summary>Minutes since the alert began to fire. Range 0…10,080. Required.</summary>
    [Range(0, 10_080)]
    public int AfterMinutes { get; set; }

    /// <summary>Names of the channels to use. Required.</summary>
    [MinLength(1)]
    public List<string> Channels { get; } = [];
}
