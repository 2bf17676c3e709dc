using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Alerts.Settings;

/// <summary>Events API v2 of PagerDuty.</summary>
public sealed class PagerDutyOptions
{
    /// <summary>File with the integration's routing key. Required.</summary>
    [Required]
    public string RoutingKeyFile { get; set; } = "";

    /// <summary>Server of the API. Default <c>https://events.pagerduty.com</c>.</summary>
    [Required]
    public string BaseUrl { get; set; } = "https://events.pagerduty.com";
}
